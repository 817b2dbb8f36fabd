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

    private static readonly string[] OnLinux = ["libz3.so.4", "libz3.so"];
    private static readonly Lazy<bool> Resolved = new(Resolve);

    /// <summary>Why the solver cannot be used; null: it can.</summary>
    /// <param name="instead">A library that has to be there besides, for tests.</param>
    public static string? Missing(string? instead)
    {
        if (instead is not null && !NativeLibrary.TryLoad(instead, out _)) return Advice;
        _ = Resolved.Value;
        try
        {
            using var context = new NativeContext([]);
            using var solver = context.MkSimpleSolver();
            return null;
        }
        catch (Exception e) when (e is DllNotFoundException or TypeInitializationException or BadImageFormatException)
        {
            return Advice;
        }
        catch (Exception e) when (e is EntryPointNotFoundException or Z3Exception)
        {
            return $"the solver Z3 that is installed cannot be used: {e.Message}";
        }
    }

    private static bool Resolve()
    {
        if (!OperatingSystem.IsLinux()) return false;
        NativeLibrary.SetDllImportResolver(typeof(NativeContext).Assembly, Find);
        return true;
    }

    private static IntPtr Find(string library, Assembly assembly, DllImportSearchPath? path)
    {
        if (library != "libz3") return IntPtr.Zero;
        foreach (string name in OnLinux)
            if (NativeLibrary.TryLoad(name, out var handle)) return handle;
        return IntPtr.Zero;
    }
}
