using System.Collections.Immutable;
using Irekae.Model.Syntax;
using Irekae.Model.Text;

namespace Irekae.Model.Binding;

/// <summary>What a name at the level of the system stands for. Values that may depend on other declarations are bound when first asked for.</summary>
internal abstract class Symbol(NameSyntax declared)
{
    public NameSyntax Declared { get; } = declared;

    public string Name => Declared.Text;

    public SourceSpan Span => Declared.Span;

    /// <summary>As a sentence names it: "a duration".</summary>
    public abstract string Words { get; }
}

/// <summary>Not yet asked for, being bound (who asks for it now asks in a circle), bound.</summary>
internal enum Progress { Untouched, Busy, Done }

internal sealed class ConstantSymbol(NameSyntax declared, ExpressionSyntax value) : Symbol(declared)
{
    public ExpressionSyntax Syntax { get; } = value;

    public Progress Progress { get; set; }

    /// <summary>Null: it has a diagnostic.</summary>
    public int? Value { get; set; }

    public override string Words => "a const";
}

internal sealed class DurationSymbol(NameSyntax declared, IntervalSyntax value) : Symbol(declared)
{
    public IntervalSyntax Syntax { get; } = value;

    public Progress Progress { get; set; }

    /// <summary>Null: it has a diagnostic.</summary>
    public Interval? Value { get; set; }

    public override string Words => "a duration";
}

/// <summary>A parameter, or the point it is fixed to by a variant.</summary>
internal sealed class ParameterSymbol(NameSyntax declared, IntervalSyntax range) : Symbol(declared)
{
    public IntervalSyntax Syntax { get; } = range;

    public Progress Progress { get; set; }

    /// <summary>Null: it has a diagnostic.</summary>
    public AffineTime? Value { get; set; }

    public override string Words => "a parameter";
}

internal sealed class TokenSymbol(NameSyntax declared, ImmutableArray<NameSyntax> values, DataType.Token type) : Symbol(declared)
{
    /// <summary>In the order of the type.</summary>
    public ImmutableArray<NameSyntax> Values { get; } = values;

    public DataType.Token Type { get; } = type;

    public override string Words => "a token type";
}

internal sealed class SharedSymbol(ItemSyntax.Shared item) : Symbol(item.Name)
{
    public ItemSyntax.Shared Item { get; } = item;

    public Dictionary<string, VariableSymbol> Variables { get; } = [];

    public override string Words => "a shared group";
}

internal sealed class MutexSymbol(ItemSyntax.Mutex item) : Symbol(item.Name)
{
    public ItemSyntax.Mutex Item { get; set; } = item;

    public Mutex? Mutex { get; set; }

    public override string Words => "a mutex";
}

internal sealed class EndpointSymbol(ItemSyntax.Endpoint item) : Symbol(item.Name)
{
    public ItemSyntax.Endpoint Item { get; } = item;

    public Endpoint? Endpoint { get; set; }

    /// <summary>Everybody it is bound to at some time: at the start or by a <c>bind</c>.</summary>
    public List<ActorSymbol> Holders { get; } = [];

    public override string Words => "an endpoint";
}

/// <summary>A declared process, server or device with its instances, at least one.</summary>
internal sealed class FamilySymbol(ItemSyntax.Actor item) : Symbol(item.Name)
{
    public ItemSyntax.Actor Item { get; } = item;

    public List<ActorSymbol> Instances { get; } = [];

    public override string Words => Item.Kind switch
    {
        ActorKind.Process => "a process",
        ActorKind.Server => "a server",
        ActorKind.Device => "a device",
    };
}

/// <summary>One instance.</summary>
internal sealed class ActorSymbol(FamilySymbol family, NameSyntax? instance, bool absent, int index)
{
    public FamilySymbol Family { get; } = family;

    /// <summary>Null for the only instance of a declaration that lists none.</summary>
    public NameSyntax? Instance { get; } = instance;

    public bool Absent { get; } = absent;

    public int Index { get; } = index;

    public string Name { get; } = instance is null ? family.Name : $"{family.Name}.{instance.Text}";

    public ItemSyntax.Actor Item => Family.Item;

    public SourceSpan Span => Instance?.Span ?? Family.Span;

    public Dictionary<string, VariableSymbol> Variables { get; } = [];

    /// <summary>Every handler in the body, however deep, by its syntax node.</summary>
    public Dictionary<HandlerSyntax, HandlerSymbol> Handlers { get; } = new(ReferenceEqualityComparer.Instance);

    /// <summary>The first handler of each message.</summary>
    public Dictionary<string, HandlerSymbol> Accepts { get; } = [];

    /// <summary>Mutexes that the body locks, and priorities that it takes by itself.</summary>
    public HashSet<string> Locks { get; } = [];

    public List<int> Priorities { get; } = [];

    /// <summary>
    /// The actor without its body, for statements and expressions that speak of it: they and the body they stand in would otherwise
    /// contain one another. It is known by its index.
    /// </summary>
    public Actor Reference { get; set; } = null!;

    public Endpoint Endpoint { get; set; } = null!;
}

internal sealed class VariableSymbol(NameSyntax declared, Variable variable)
{
    public NameSyntax Declared { get; } = declared;

    public Variable Variable { get; } = variable;
}

internal sealed class HandlerSymbol(ActorSymbol actor, HandlerSyntax syntax, Message message, ImmutableArray<VariableSymbol> parameters)
{
    public ActorSymbol Actor { get; } = actor;

    public HandlerSyntax Syntax { get; } = syntax;

    public Message Message { get; } = message;

    public ImmutableArray<VariableSymbol> Parameters { get; } = parameters;

    /// <summary>A parameter's type could not be bound: calls of it are not checked.</summary>
    public bool Faulty { get; set; }

    /// <summary>What its replies carry; null: nothing.</summary>
    public List<StaticType?> Replies { get; } = [];
}
