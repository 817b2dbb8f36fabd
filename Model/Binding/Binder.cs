using System.Collections.Immutable;
using Irekae.Model.Diagnostics;
using Irekae.Model.Syntax;
using Irekae.Model.Text;

namespace Irekae.Model.Binding;

/// <summary>
/// Binds a specification for one choice of variant. Every part is bound, whatever is wrong with others; a part that is wrong becomes a neutral
/// value of no type and the diagnostic it got is the only one. The result means something only if no error was reported.
/// Order: names, then numbers and times on demand, then who acts and what they accept, then bodies, then what is asked.
/// </summary>
internal sealed partial class Binder
{
    private readonly SyntaxSet syntax;
    private readonly ItemSyntax.Variant? variant;
    private readonly DiagnosticBag diagnostics;

    /// <summary>Of all variants.</summary>
    private readonly NameTable names;

    private Binder(SyntaxSet syntax, ItemSyntax.Variant? variant, DiagnosticBag diagnostics, NameTable names)
    {
        this.syntax = syntax;
        this.variant = variant;
        this.diagnostics = diagnostics;
        this.names = names;
    }

    /// <param name="names">Grows.</param>
    public static BoundSystem Bind(SyntaxSet syntax, ItemSyntax.Variant? variant, DiagnosticBag diagnostics, NameTable names)
    {
        diagnostics.Variant = variant?.Name.Text;
        var system = new Binder(syntax, variant, diagnostics, names).BindSystem();
        diagnostics.Variant = null;
        return system;
    }

    private IEnumerable<T> Items<T>() where T : ItemSyntax => syntax.Files.SelectMany(file => file.Items).OfType<T>();

    private BoundSystem BindSystem()
    {
        DeclareNames();
        ReadVariant();
        BindNumbers();
        var machine = BindMachine();
        BindSharedVariables();
        BindActorHeaders(machine);
        BindEndpoints();
        SurveyBodies();
        BindMutexes();
        var actors = BindBodies();
        CheckAnswers();
        BindFaults();
        var properties = BindProperties();
        var measurements = BindMeasurements();
        var experiments = BindExperiments();
        new WellFormedness(diagnostics, calledHandlers).Check(actors);

        DescribeNames();

        var header = syntax.Files.Select(file => file.Header).FirstOrDefault();
        if (actors.IsEmpty && header is not null && !header.Name.IsMissing) diagnostics.ReportNothingActs(header.Name.Span);
        return new BoundSystem(
            header?.Name.Text ?? "",
            header?.Description ?? "",
            machine,
            [.. parameters],
            [.. variables],
            [.. mutexes],
            [.. endpoints],
            [.. messages.Values.OrderBy(message => message.Index)],
            actors,
            [.. measures.Values.OrderBy(measure => measure.Index)],
            [.. marks.Values.OrderBy(mark => mark.Index)],
            [.. faults.Values.OrderBy(fault => fault.Index)],
            properties,
            [.. variants.Values.Select(item => item.Name.Text)])
        { Measurements = measurements, Experiments = experiments };
    }
}
