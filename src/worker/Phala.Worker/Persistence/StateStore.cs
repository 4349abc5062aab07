using System.Globalization;
using Phala.Worker.Files;
using Phala.Worker.Sealing;

namespace Phala.Worker.Persistence;

/// <summary>What a worker keeps of what it knows: generations of a snapshot and a log of what came after it.</summary>
/// <remarks>
/// <para><b>Concept.</b> Generation n is the sealed file <c>state-n.snap</c> and the log <c>state-n.log</c>, which begins where the snapshot stands. A new generation begins at each start and at each
/// checkpoint. To restore, the newest snapshot that opens is taken, then its log, then those of later generations whose snapshot did not open, as long as each continues the one before.</para>
/// <para><b>Invariant.</b> What is read is a prefix of what was written, in order, without a gap. A kill or the loss of power at any moment loses at most records that were not yet flushed.</para>
/// <para><b>Trust.</b> The host can put all files back to an earlier state, or remove them. What is kept follows from the chain, so that a worker which restores less catches up; what must not be
/// forgotten is not sent before it is flushed, and is compared with the chain.</para>
/// </remarks>
public sealed class StateStore : IDisposable
{
    private const string Prefix = "state-", SnapshotEnd = ".snap", LogEnd = ".log";
    private readonly IFileSystem _files;
    private readonly string _folder;
    private readonly ISealingProvider _sealing;
    private readonly int _kept;
    private LogWriter? _log;
    private byte[] _chain = [];
    private ulong _generation;

    private StateStore(IFileSystem files, string folder, ISealingProvider sealing, int kept) => (_files, _folder, _sealing, _kept) = (files, folder, sealing, kept);

    /// <summary>The bytes of the log that is being written.</summary>
    public long LogLength => _log?.Length ?? 0;

    /// <summary>Opens the store of a folder. Nothing is written before <see cref="Begin"/>.</summary>
    /// <param name="files">The file system.</param>
    /// <param name="folder">The folder, which must be there.</param>
    /// <param name="sealing">What seals.</param>
    /// <param name="kept">How many generations are kept.</param>
    /// <param name="found">What is there.</param>
    public static StateStore Open(IFileSystem files, string folder, ISealingProvider sealing, int kept, out Restored found)
    {
        StateStore store = new(files, folder, sealing, Math.Max(1, kept));
        found = store.Restore();
        return store;
    }

    /// <summary>Begins a generation: writes a snapshot, and a log behind it. Durable when it returns.</summary>
    public void Begin(ReadOnlySpan<byte> snapshot)
    {
        byte[] end = _log?.Chain ?? _chain;
        _log?.Flush();
        ulong next = _generation + 1;
        using (LogWriter? before = _log) _log = null;
        SealedFile.Write(_files, PathOf(next, SnapshotEnd), _sealing, Purpose(next), snapshot);
        _log = LogWriter.Create(_files, PathOf(next, LogEnd), _sealing, next, end);
        _generation = next;
        Prune();
    }

    /// <summary>Adds a record. It is durable after the next <see cref="Flush"/>.</summary>
    /// <exception cref="InvalidOperationException">No generation has begun.</exception>
    public void Append(ReadOnlySpan<byte> record) => (_log ?? throw new InvalidOperationException("No generation has begun.")).Append(record);

    /// <summary>Makes all records durable.</summary>
    public void Flush() => _log?.Flush();

    /// <summary>Deletes all generations: at the next start, the worker begins with its identity alone.</summary>
    public void Clear()
    {
        _log?.Dispose();
        _log = null;
        foreach (string name in _files.List(_folder).Where(name => TryReadName(name, SnapshotEnd, out _) || TryReadName(name, LogEnd, out _))) _files.Delete(Path.Combine(_folder, name));
        _files.FlushDirectory(_folder);
    }

    /// <inheritdoc/>
    public void Dispose() => _log?.Dispose();

    private static byte[] Purpose(ulong generation) => [.. "state snapshot"u8, .. BitConverter.GetBytes(generation)];

    private Restored Restore()
    {
        List<ulong> snapshots = Generations(SnapshotEnd), logs = Generations(LogEnd);
        _generation = snapshots.Concat(logs).DefaultIfEmpty(0ul).Max();
        List<ulong> damaged = [];
        for (int at = snapshots.Count - 1; at >= 0; at--)
        {
            ulong generation = snapshots[at];
            if (SealedFile.TryRead(_files, PathOf(generation, SnapshotEnd), _sealing, Purpose(generation), out Crypto.SecretBytes? content) != SealError.None)
            {
                damaged.Add(generation);
                continue;
            }

            using (content) return new Restored(content!.Span.ToArray(), ReadLogs(generation), damaged);
        }

        return new Restored(null, [], damaged);
    }

    private List<byte[]> ReadLogs(ulong generation)
    {
        List<byte[]> records = [];
        byte[]? chain = null;
        for (ulong at = generation; at <= _generation; at++)
        {
            LogReading reading = LogReader.Read(_files, PathOf(at, LogEnd), _sealing, at, chain);
            if (reading.Chain is null) break;
            records.AddRange(reading.Records);
            _chain = chain = reading.Chain;
        }

        return records;
    }

    private void Prune()
    {
        List<ulong> snapshots = Generations(SnapshotEnd);
        ulong oldest = snapshots[Math.Max(0, snapshots.Count - _kept)];
        foreach (ulong generation in snapshots.Concat(Generations(LogEnd)).Distinct().Where(generation => generation < oldest))
        {
            _files.Delete(PathOf(generation, SnapshotEnd));
            _files.Delete(PathOf(generation, LogEnd));
        }
    }

    private List<ulong> Generations(string end) =>
        [.. _files.List(_folder).Select(name => TryReadName(name, end, out ulong generation) ? generation : 0).Where(generation => generation > 0).Order()];

    private string PathOf(ulong generation, string end) => Path.Combine(_folder, Prefix + generation.ToString(CultureInfo.InvariantCulture) + end);

    private static bool TryReadName(string name, string end, out ulong generation)
    {
        generation = 0;
        return name.StartsWith(Prefix, StringComparison.Ordinal) && name.EndsWith(end, StringComparison.Ordinal) && name.Length > Prefix.Length + end.Length
            && ulong.TryParse(name.AsSpan(Prefix.Length, name.Length - Prefix.Length - end.Length), NumberStyles.None, CultureInfo.InvariantCulture, out generation);
    }
}
