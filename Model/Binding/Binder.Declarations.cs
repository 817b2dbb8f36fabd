using System.Collections.Immutable;
using Irekae.Model.Numbers;
using Irekae.Model.Syntax;
using Irekae.Model.Text;

namespace Irekae.Model.Binding;

/// <summary>Numbers, types, variables, mutexes, endpoints.</summary>
internal sealed partial class Binder
{
    private const int LargestRange = 65536;
    private const int LargestPriority = 65535;

    private readonly List<Parameter> parameters = [];
    private readonly List<Variable> variables = [];
    private readonly List<Mutex> mutexes = [];
    private readonly List<Endpoint> endpoints = [];

    private void BindNumbers()
    {
        foreach (var symbol in symbols.Values.ToImmutableArray())
        {
            switch (symbol)
            {
                case ConstantSymbol constant: ConstantOf(constant, constant.Span); break;
                case DurationSymbol duration: DurationOf(duration, duration.Span); break;
                case ParameterSymbol parameter: ParameterOf(parameter, parameter.Span); break;
            }
        }
    }

    private int? ConstantOf(ConstantSymbol symbol, SourceSpan use)
    {
        if (symbol.Progress == Progress.Untouched && Enter(use))
        {
            symbol.Progress = Progress.Busy;
            symbol.Value = TryBindConstant(symbol.Syntax);
            symbol.Progress = Progress.Done;
            definitionDepth--;
        }
        else if (symbol.Progress == Progress.Busy) diagnostics.ReportCyclicDefinition(use, symbol.Name);
        return symbol.Value;
    }

    /// <summary>The parameter as a time, or the time a variant fixes it to; either way its range has to be right.</summary>
    private AffineTime? BindParameter(ParameterSymbol symbol)
    {
        var range = TryBindInterval(symbol.Syntax, endless: false);
        if (range is not { High: { } high } || !range.Low.IsConstant || !high.IsConstant)
        {
            if (range is not null) diagnostics.ReportParameterNotAllowed(symbol.Syntax.Span, "the range of a parameter");
            if (fixedParameters.TryGetValue(symbol.Name, out var fixedValue)) BindKnownTime(fixedValue.Value, "the value of a parameter");
            return null;
        }
        if (!fixedParameters.TryGetValue(symbol.Name, out var setting))
        {
            var parameter = new Parameter(parameters.Count, symbol.Name, range, symbol.Span);
            parameters.Add(parameter);
            return new AffineTime(Rational.Zero, [(parameter, 1)]);
        }
        if (BindKnownTime(setting.Value, "the value of a parameter") is not { } value) return null;
        if (value < range.Low.Constant || value > high.Constant)
            diagnostics.ReportFixedOutside(setting.Value.Span, symbol.Name, AffineArithmetic.Print(range.Low), AffineArithmetic.Print(high));
        return AffineTime.Of(value);
    }

    /// <summary>The type, or null with a diagnostic.</summary>
    private DataType? BindType(TypeSyntax syntax)
    {
        switch (syntax)
        {
            case TypeSyntax.Bool:
                return new DataType.Bool();
            case TypeSyntax.Named named:
                return Resolve<TokenSymbol>(named.Name, "a type")?.Type;
            case TypeSyntax.Range range:
                var low = TryBindConstant(range.Low);
                var high = TryBindConstant(range.High);
                if (low is not { } first || high is not { } last) return null;
                if (first <= last && (long)last - first < LargestRange) return new DataType.Range(first, last);
                diagnostics.ReportRangeSize(range.Span, first, last);
                return null;
            default:
                return null;
        }
    }

    /// <summary>Two types with the same values.</summary>
    private static bool SameType(DataType a, DataType b) => (a, b) switch
    {
        (DataType.Token x, DataType.Token y) => ReferenceEquals(x, y),
        _ => a == b,
    };

    private void BindSharedVariables()
    {
        foreach (var shared in symbols.Values.OfType<SharedSymbol>())
            foreach (var item in shared.Item.Variables)
                BindVariable(item, shared.Variables, shared.Name, -1);
    }

    private void BindVariable(VariableSyntax syntax, Dictionary<string, VariableSymbol> scope, string prefix, int owner)
    {
        var type = BindType(syntax.Type);
        int initial = type is DataType.Range range ? range.Low : 0;
        if (syntax.Initial is not null)
        {
            var value = BindExpression(syntax.Initial, Place.System);
            if (type is not null && Fits(value, type, syntax.Initial.Span))
            {
                if (value.Constant is { } known) initial = known;
                else if (!value.Type.IsError) diagnostics.ReportNotConstant(syntax.Initial.Span);
            }
        }
        if (!syntax.Name.IsMissing) AddVariable(syntax.Name, type, scope, prefix, initial, owner);
    }

    /// <summary>With no type the variable is known but every use of it is silent.</summary>
    private VariableSymbol? AddVariable(NameSyntax name, DataType? type, Dictionary<string, VariableSymbol> scope, string prefix, int initial, int owner)
    {
        if (scope.TryGetValue(name.Text, out var first))
        {
            diagnostics.ReportDuplicateName(name.Span, name.Text, first.Declared.Span);
            return null;
        }
        var variable = new Variable(variables.Count, $"{prefix}.{name.Text}", type ?? new DataType.Bool(), initial, owner);
        variables.Add(variable);
        if (type is null) untyped.Add(variable.Index);
        var symbol = new VariableSymbol(name, variable);
        scope.Add(name.Text, symbol);
        return symbol;
    }

    /// <summary>Variables whose type has a diagnostic.</summary>
    private readonly HashSet<int> untyped = [];

    private StaticType TypeOf(Variable variable) => untyped.Contains(variable.Index) ? StaticType.Unknown : StaticType.Of(variable.Type);

    private void BindEndpoints()
    {
        foreach (var actor in actorSymbols)
        {
            actor.Endpoint = new Endpoint(endpoints.Count, actor.Name, actor.Index, false);
            endpoints.Add(actor.Endpoint);
        }
        foreach (var symbol in symbols.Values.OfType<EndpointSymbol>())
        {
            var initial = symbol.Item.Initial is null ? null : ResolveActor(symbol.Item.Initial);
            if (symbol.Item.Initial is not null && initial is null) endpointsInDoubt.Add(symbol);
            symbol.Endpoint = new Endpoint(endpoints.Count, symbol.Name, initial?.Index ?? -1, true);
            endpoints.Add(symbol.Endpoint);
            if (initial is not null) symbol.Holders.Add(initial);
        }
    }

    /// <summary>Endpoints with a holder that could not be resolved: what they accept is not known.</summary>
    private readonly HashSet<EndpointSymbol> endpointsInDoubt = [];

    private void BindMutexes()
    {
        foreach (var symbol in symbols.Values.OfType<MutexSymbol>())
        {
            int? written = symbol.Item.Ceiling is null ? null : BindCount(symbol.Item.Ceiling, "the ceiling", 0, LargestPriority);
            int most = LargestPriority;
            bool locked = false;
            foreach (var actor in actorSymbols.Where(actor => actor.Locks.Contains(symbol.Name)))
            {
                int urgent = actor.Priorities.Append(actor.Reference.Priority).Min();
                locked = true;
                if (symbol.Item.Protocol == MutexProtocol.Ceiling && written > urgent) diagnostics.ReportCeilingTooLow(symbol.Item.Ceiling!.Span, symbol.Name, actor.Name, urgent);
                most = Math.Min(most, urgent);
            }
            int ceiling = symbol.Item.Protocol != MutexProtocol.Ceiling ? 0 : written ?? (locked ? most : 0);
            symbol.Mutex = new Mutex(mutexes.Count, symbol.Name, symbol.Item.Protocol, ceiling);
            mutexes.Add(symbol.Mutex);
        }
    }
}
