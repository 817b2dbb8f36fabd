namespace Irekae.Model.Syntax;

/// <summary>Prints a tree as canonical text: <c>parse(print(tree))</c> equals the tree, spans aside.</summary>
public static partial class SyntaxPrinter;
