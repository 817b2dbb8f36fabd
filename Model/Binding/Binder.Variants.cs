using Irekae.Model.Syntax;

namespace Irekae.Model.Binding;

/// <summary>
/// A variant takes the place of declarations before anything is bound, so that everything that depends on them follows. A setting of
/// something that is not declared is a mistake.
/// </summary>
internal sealed partial class Binder
{
    private readonly Dictionary<string, SettingSyntax.Fix> fixedParameters = [];

    private readonly List<(ActorSymbol Actor, int Priority)> settings = [];

    private IEnumerable<ItemSyntax> Replaced => variant is null ? [] : variant.Settings.OfType<SettingSyntax.Replace>().Select(setting => setting.Item);

    private ItemSyntax.Constant Replacement(ItemSyntax.Constant item) => Replaced.OfType<ItemSyntax.Constant>().LastOrDefault(other => other.Name.Text == item.Name.Text) ?? item;

    private ItemSyntax.Duration Replacement(ItemSyntax.Duration item) => Replaced.OfType<ItemSyntax.Duration>().LastOrDefault(other => other.Name.Text == item.Name.Text) ?? item;

    private ItemSyntax.Mutex Replacement(ItemSyntax.Mutex item) => Replaced.OfType<ItemSyntax.Mutex>().LastOrDefault(other => other.Name.Text == item.Name.Text) ?? item;

    private void ReadVariant()
    {
        if (variant is null) return;
        var set = new Dictionary<string, NameSyntax>();
        foreach (var setting in variant.Settings)
        {
            NameSyntax? name = null;
            switch (setting)
            {
                case SettingSyntax.Replace { Item: ItemSyntax.Constant constant }: Resolve<ConstantSymbol>(name = constant.Name, "a const"); break;
                case SettingSyntax.Replace { Item: ItemSyntax.Duration duration }: Resolve<DurationSymbol>(name = duration.Name, "a duration"); break;
                case SettingSyntax.Replace { Item: ItemSyntax.Mutex mutex }: Resolve<MutexSymbol>(name = mutex.Name, "a mutex"); break;
                case SettingSyntax.Fix fix:
                    if (Resolve<ParameterSymbol>(name = fix.Parameter, "a parameter") is not null) fixedParameters[name.Text] = fix;
                    break;
            }
            if (name is null || name.IsMissing) continue;
            if (!set.TryAdd(name.Text, name)) diagnostics.ReportDuplicateName(name.Span, name.Text, set[name.Text].Span);
        }
    }

    /// <summary>The priorities a variant sets, once the actors are known; their own take the place of their declaration's.</summary>
    private void ReadPrioritySettings()
    {
        if (variant is null) return;
        foreach (var setting in variant.Settings.OfType<SettingSyntax.Priority>())
        {
            int priority = BindCount(setting.Value, "the priority", 0, LargestPriority);
            if (setting.Actor.IsMissing || setting.Actor.Names.IsEmpty) continue;
            if (setting.Actor.Names.Length == 1)
            {
                if (ResolveFamily(setting.Actor.Names[0], "a process or server") is { } family)
                    foreach (var instance in family.Instances) Set(instance);
            }
            else if (ResolveActor(setting.Actor) is { } actor) Set(actor);

            void Set(ActorSymbol actor)
            {
                if (actor.Item.Kind == ActorKind.Device) diagnostics.ReportAttributeMisplaced(setting.Span, "at", "a device has no processor and no priority");
                else settings.Add((actor, priority));
            }
        }
    }
}
