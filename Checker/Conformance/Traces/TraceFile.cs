using System.Text;

namespace Irekae.Checker.Conformance.Traces;

/// <summary>Opens a trace: which format it has, and its records one by one, so that memory does not grow with the file (but see <see cref="ChromeTrace"/>).</summary>
public static class TraceFile
{
    private const int Looked = 64, Head = 10_000;

    /// <param name="format">Null: by what the file looks like.</param>
    /// <param name="read">Is told how many bytes have been read.</param>
    /// <exception cref="TraceException">It cannot be read, now or while the records are taken.</exception>
    public static (TraceFormat Format, IEnumerable<TraceRecord> Records) Open(string path, TraceFormat? format, Action<long>? read = null)
    {
        var found = format ?? Detect(path);
        return (found, Guarded(path, found switch
        {
            TraceFormat.Csv => CsvTrace.Read(path, Text(path, read)),
            TraceFormat.Ftrace => SchedText.Read(path, Text(path, read)),
            TraceFormat.Babeltrace => BabeltraceText.Read(path, Text(path, read)),
            TraceFormat.Chrome => ChromeTrace.Read(path, Bytes(path, read)),
        }));
    }

    /// <summary>
    /// How far an event may lie from its printed time, in nanoseconds: the kernel rounds times to microseconds and perf cuts them off, so both may be off by nearly one of
    /// the last digit. Other formats print what there is.
    /// </summary>
    public static long ResolutionOf(string path, TraceFormat format)
    {
        if (format != TraceFormat.Ftrace) return 0;
        using var text = Opened(path, () => new StreamReader(Bytes(path, null)(), new UTF8Encoding(false)));
        for (int i = 0; i < Head && Opened(path, text.ReadLine) is { } line; i++)
            if (SchedText.DigitsOf(line) is { } digits) return digits >= 9 ? 0 : (long)System.Numerics.BigInteger.Pow(10, 9 - digits);
        return 0;
    }

    private static TraceFormat Detect(string path)
    {
        using var text = Opened(path, () => new StreamReader(Bytes(path, null)(), new UTF8Encoding(false)));
        for (int looked = 0; looked < Looked && Opened(path, text.ReadLine) is { } line;)
        {
            if (line.Contains('\0')) throw new TraceException(path, 0, Binary(line));
            string start = line.TrimStart();
            if (start.Length == 0 || (start[0] == '#' && !start.StartsWith("# tracer:", StringComparison.Ordinal))) continue; // perf's head may be long
            looked++;
            if (start[0] == '{' || (start[0] == '[' && (start.Length == 1 || start[1] is '{' or ' '))) return TraceFormat.Chrome;
            if (start.StartsWith("# tracer:", StringComparison.Ordinal) || SchedText.LooksLikeOne(line)) return TraceFormat.Ftrace;
            if (BabeltraceText.LooksLikeOne(line)) return TraceFormat.Babeltrace;
            if (CsvTrace.IsHead(line)) return TraceFormat.Csv;
            if (SchedText.IsHead(start)) return TraceFormat.Ftrace;
        }

        throw new TraceException(path, 0, "its format cannot be told from its first lines: say it with --format csv, ftrace, babeltrace or chrome");
    }

    private static string Binary(string line) =>
        line.Contains("PERFILE2", StringComparison.Ordinal) ? "this is perf's own binary file: print it with 'perf sched script' (or 'perf script') first"
        : line.Contains("tracing", StringComparison.Ordinal) ? "this is trace-cmd's own binary file: print it with 'trace-cmd report' first"
        : "this is a binary file: print it as text first (perf sched script, trace-cmd report, babeltrace2)";

    private static T Opened<T>(string path, Func<T> open)
    {
        try
        {
            return open();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or InvalidDataException)
        {
            throw new TraceException(path, 0, e is FileNotFoundException or DirectoryNotFoundException ? "there is no such file" : e.Message);
        }
    }

    private static Func<TextReader> Text(string path, Action<long>? read) => () => Opened(path, () => new StreamReader(Bytes(path, read)(), new UTF8Encoding(false), false, 1 << 16));

    /// <summary>A file that gzip has packed is unpacked on the way.</summary>
    private static Func<Stream> Bytes(string path, Action<long>? read) => () => Opened<Stream>(path, () =>
    {
        if (Directory.Exists(path)) throw new TraceException(path, 0, "this is a folder" + (File.Exists(Path.Combine(path, "metadata")) ? ": print the trace in it with 'babeltrace2' first" : ""));
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1 << 16, FileOptions.SequentialScan);
        Stream counted = read is null ? file : new CountedStream(file, read);
        Span<byte> magic = stackalloc byte[2];
        bool packed = file.CanSeek && file.ReadAtLeast(magic, 2, throwOnEndOfStream: false) == 2 && magic is [0x1f, 0x8b];
        if (file.CanSeek) file.Position = 0;
        return packed ? new System.IO.Compression.GZipStream(counted, System.IO.Compression.CompressionMode.Decompress) : counted;
    });

    private static IEnumerable<TraceRecord> Guarded(string path, IEnumerable<TraceRecord> records)
    {
        using var each = records.GetEnumerator();
        long last = 0;
        while (true)
        {
            TraceRecord record;
            try
            {
                if (!each.MoveNext()) yield break;
                record = each.Current;
            }
            catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
            {
                throw new TraceException(path, last + 1, e is InvalidDataException ? "the packed file is damaged or cut off here" : e.Message);
            }

            last = record.Line;
            yield return record;
        }
    }

    private sealed class CountedStream(Stream inner, Action<long> read) : Stream
    {
        private long count;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => inner.Length;

        public override long Position { get => count; set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int length) => Read(buffer.AsSpan(offset, length));

        public override int Read(Span<byte> buffer)
        {
            int got = inner.Read(buffer);
            read(count += got);
            return got;
        }

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int length) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing) inner.Dispose();
            base.Dispose(disposing);
        }
    }
}
