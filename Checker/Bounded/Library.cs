using System.Reflection;
using System.Runtime.InteropServices;
using Microsoft.Z3;

namespace Irekae.Checker.Bounded;

/// <summary>
/// Where the solver's native library is: the package brings none for Linux, the distribution does. Debian's is older than the package, so
/// only what both have is used: the untyped context and solver (the typed ones need a symbol that it lacks).
/// </summary>
internal static class Library
{
    public const string Advice = "the solver Z3 is not there: install it with 'apt-get install libz3-4'";

    /// <summary>The environment variable that names another library than the system's.</summary>
    public const string Variable = "IREKAE_LIBZ3";

    private static string[] names = ["libz3.so.4", "libz3.so"];
    private static readonly Lazy<bool> Resolved = new(Resolve);

    /// <summary>Why the solver cannot be used in this process; null: it can.</summary>
    /// <param name="instead">A library to use instead of the system's.</param>
    /// <param name="megabytes">What the solver may have from now on in this process; beyond that it gives up.</param>
    public static string? Missing(string? instead = null, long? megabytes = null)
    {
        if (instead is not null) names = [instead];
        _ = Resolved.Value;
        try
        {
            if (megabytes is { } most) Global.SetParameter("memory_max_size", most.ToString(System.Globalization.CultureInfo.InvariantCulture));
            using var context = new NativeContext([]);
            using var solver = context.MkSimpleSolver();
            return null;
        }
        catch (Exception e) when (e is DllNotFoundException or TypeInitializationException or BadImageFormatException)
        {
            return instead is null ? Advice : $"there is no solver in the library that {Variable} names, '{instead}'";
        }
        catch (Exception e) when (e is EntryPointNotFoundException or Z3Exception)
        {
            return $"the solver Z3 that is installed cannot be used: {e.Message}";
        }
    }

    private static bool Resolve()
    {
        NativeLibrary.SetDllImportResolver(typeof(NativeContext).Assembly, Find);
        return true;
    }

    private static IntPtr Find(string library, Assembly assembly, DllImportSearchPath? path)
    {
        if (library != "libz3" || (!OperatingSystem.IsLinux() && names.Length > 1)) return IntPtr.Zero;
        foreach (string name in names)
            if (NativeLibrary.TryLoad(name, out var handle)) return handle;
        if (names.Length == 1) throw new DllNotFoundException(names[0]);
        return IntPtr.Zero;
    }
}
