using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using Phala.Codec;
using Phala.Node.Storage.Files;
using Phala.Node.Storage.Sqlite;
using Phala.Runtime.Interface.Queue;
using Phala.Trie;
using Phala.Trie.Storage;

namespace Phala.Node.Storage;

/// <summary>The tables: a row per block with header, body and changes; justifications; single values. Used by one thread at a time.</summary>
internal sealed class Journal : IDisposable
{
    /// <summary>SQLite's <c>application_id</c> of our files: "PHLA".</summary>
    public const int ApplicationId = 0x50484C41;

    /// <summary>The format of the tables; SQLite's <c>user_version</c>.</summary>
    public const int SchemaVersion = 2;

    private const string Schema = """
        CREATE TABLE block (id INTEGER PRIMARY KEY, hash BLOB NOT NULL UNIQUE, number INTEGER NOT NULL, header BLOB NOT NULL, body BLOB, delta BLOB);
        CREATE INDEX block_number ON block (number);
        CREATE TABLE justification (number INTEGER PRIMARY KEY, changes_set INTEGER NOT NULL, bytes BLOB NOT NULL);
        CREATE TABLE pointer (key INTEGER PRIMARY KEY, value BLOB NOT NULL);
        CREATE TABLE auxiliary (key BLOB PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
        """;

    /// <summary>What schema 2 adds. Chains of schema 1 had no queue, so there is nothing to fill in.</summary>
    private const string SchemaOfQueue = """
        CREATE TABLE queue_entry (id INTEGER PRIMARY KEY, block BLOB NOT NULL UNIQUE, number INTEGER NOT NULL, count INTEGER NOT NULL, hash BLOB NOT NULL, entry BLOB NOT NULL);
        CREATE INDEX queue_count ON queue_entry (count, number);
        CREATE TABLE queue_body (id INTEGER PRIMARY KEY, block BLOB NOT NULL, channel BLOB NOT NULL, messages BLOB NOT NULL);
        CREATE UNIQUE INDEX queue_channel ON queue_body (block, channel);
        CREATE INDEX set_change ON justification (number) WHERE changes_set = 1;
        """;

    private readonly Database _database;
    private readonly string _path;
    private readonly Statement _insert, _remove, _header, _body, _delta, _at, _from, _size, _dropDelta, _dropBody;
    private readonly Statement _putJustification, _justification, _setChange, _dropJustifications, _putPointer, _pointer, _putAuxiliary, _removeAuxiliary, _auxiliary;
    private readonly Statement _nthSetChange, _insertEntry, _insertQueueBody, _removeEntry, _removeQueueBodies, _entries, _entryHashes, _queueBody;

    private Journal(Database database, string path)
    {
        _database = database;
        _path = path;
        _insert = database.Prepare("INSERT INTO block (hash, number, header, body, delta) VALUES (?1, ?2, ?3, ?4, ?5)");
        _remove = database.Prepare("DELETE FROM block WHERE hash = ?1");
        _header = database.Prepare("SELECT header FROM block WHERE hash = ?1");
        _body = database.Prepare("SELECT body FROM block WHERE hash = ?1");
        _delta = database.Prepare("SELECT header, delta FROM block WHERE hash = ?1");
        _at = database.Prepare("SELECT hash FROM block WHERE number = ?1 ORDER BY id");
        _from = database.Prepare("SELECT hash, header FROM block WHERE number >= ?1 ORDER BY number, id");
        _size = database.Prepare("SELECT count(*), total(length(delta)) FROM block WHERE number > ?1");
        _dropDelta = database.Prepare("UPDATE block SET delta = NULL WHERE number = ?1 AND delta IS NOT NULL");
        _dropBody = database.Prepare("UPDATE block SET body = NULL WHERE number = ?1 AND body IS NOT NULL");
        _putJustification = database.Prepare("INSERT INTO justification VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE SET changes_set = max(changes_set, ?2), bytes = ?3");
        _justification = database.Prepare("SELECT bytes FROM justification WHERE number = ?1");
        _setChange = database.Prepare("SELECT number, bytes FROM justification WHERE number >= ?1 AND changes_set = 1 ORDER BY number LIMIT 1");
        _dropJustifications = database.Prepare("DELETE FROM justification WHERE number < ?1 AND changes_set = 0");
        _putPointer = database.Prepare("INSERT INTO pointer VALUES (?1, ?2) ON CONFLICT DO UPDATE SET value = ?2");
        _pointer = database.Prepare("SELECT value FROM pointer WHERE key = ?1");
        _putAuxiliary = database.Prepare("INSERT INTO auxiliary VALUES (?1, ?2) ON CONFLICT DO UPDATE SET value = ?2");
        _removeAuxiliary = database.Prepare("DELETE FROM auxiliary WHERE key = ?1");
        _auxiliary = database.Prepare("SELECT value FROM auxiliary WHERE key = ?1");
        _nthSetChange = database.Prepare("SELECT number FROM justification WHERE changes_set = 1 ORDER BY number LIMIT 1 OFFSET ?1");
        _insertEntry = database.Prepare("INSERT INTO queue_entry (block, number, count, hash, entry) VALUES (?1, ?2, ?3, ?4, ?5)");
        _insertQueueBody = database.Prepare("INSERT INTO queue_body (block, channel, messages) VALUES (?1, ?2, ?3)");
        _removeEntry = database.Prepare("DELETE FROM queue_entry WHERE block = ?1");
        _removeQueueBodies = database.Prepare("DELETE FROM queue_body WHERE block = ?1");
        _entries = database.Prepare("SELECT count, number, block, hash, entry FROM queue_entry WHERE count > ?1 AND number <= ?2 ORDER BY count LIMIT ?3");
        _entryHashes = database.Prepare("SELECT hash FROM queue_entry WHERE count > ?1 AND count <= ?2 AND number <= ?3 ORDER BY count");
        _queueBody = database.Prepare("SELECT messages FROM queue_body JOIN queue_entry USING (block) WHERE count = ?1 AND number <= ?2 AND channel = ?3");
    }

    /// <summary>Whether nothing may be written any more.</summary>
    public bool IsBroken => _database.FlushFailed;

    /// <summary>Opens the tables. An empty file is what is left where making them was interrupted.</summary>
    public static Journal Open(IFileSystem files, string path)
    {
        Database database = new(files, path, create: false);
        try
        {
            long version = database.Number("PRAGMA user_version"), application = database.Number("PRAGMA application_id");
            if (version == 0 && application == 0 && database.Number("SELECT count(*) FROM sqlite_schema") == 0) throw Wrong(StorageError.NotFound, path);
            if (application != ApplicationId) throw Wrong(StorageError.ForeignFile, path);
            if (version > SchemaVersion) throw Wrong(StorageError.NewerSchema, $"{path}, schema {version}; this program knows {SchemaVersion}");
            if (version < SchemaVersion) database.Run(() => database.Execute($"{SchemaOfQueue} PRAGMA user_version={SchemaVersion};"));
            return new Journal(database, path);
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>Makes the tables and enters the first block, all in one transaction.</summary>
    public static Journal Create(IFileSystem files, string path, Genesis genesis, bool isArchive)
    {
        Database database = new(files, path, create: true);
        try
        {
            Journal? journal = null;
            database.Run(() =>
            {
                database.Execute($"{Schema} {SchemaOfQueue} PRAGMA application_id={ApplicationId}; PRAGMA user_version={SchemaVersion};");
                journal = new Journal(database, path);
                journal.Insert(genesis.Block, genesis.State.Encode());
                journal.Put(Pointer.ChainId, System.Text.Encoding.UTF8.GetBytes(genesis.ChainId));
                journal.Put(Pointer.StateVersion, [(byte)genesis.Version]);
                journal.Put(Pointer.GenesisHash, genesis.Block.Hash.AsSpan());
                journal.Put(Pointer.Best, genesis.Block.Hash.AsSpan());
                journal.Put(Pointer.Finalized, genesis.Block.Hash.AsSpan());
                if (isArchive) journal.Put(Pointer.Archive, [1]);
            });
            return journal!;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>Runs writes as one transaction: durable when it returns, not there when it throws.</summary>
    public void Run(Action writes) => _database.Run(writes);

    /// <summary>Takes the write-ahead log over.</summary>
    public void Checkpoint() => _database.Checkpoint();

    /// <summary>Lets SQLite hold its tables and indexes against each other.</summary>
    /// <returns>What is wrong; null if nothing is.</returns>
    public string? FindInconsistency()
    {
        string answer = _database.Text("PRAGMA integrity_check(1)");
        return answer == "ok" ? null : answer;
    }

    /// <summary>Adds a block's row.</summary>
    public void Insert(StoredBlock block, ReadOnlySpan<byte> delta) =>
        _insert.Bind(1, block.Hash.AsSpan()).Bind(2, block.Number).Bind(3, block.Header.Span).Bind(4, block.EncodeBody()).Bind(5, delta).Run();

    /// <summary>Removes a block's row, and what it added to the queue.</summary>
    public void Remove(in Hash256 hash)
    {
        _remove.Bind(1, hash.AsSpan()).Run();
        _removeEntry.Bind(1, hash.AsSpan()).Run();
        _removeQueueBodies.Bind(1, hash.AsSpan()).Run();
    }

    /// <summary>Adds what a block adds to the queue.</summary>
    public void Insert(QueueRecord record)
    {
        ReadOnlySpan<byte> block = record.BlockHash.AsSpan();
        _insertEntry.Bind(1, block).Bind(2, record.BlockNumber).Bind(3, (long)record.Count).Bind(4, record.Hash.AsSpan()).Bind(5, record.Entry).Run();
        foreach ((Channel channel, byte[] messages) in record.Bodies) _insertQueueBody.Bind(1, block).Bind(2, Scale.Encode(channel)).Bind(3, messages).Run();
    }

    /// <summary>Entries of the queue after a count, in order, of blocks up to a number. Without bodies.</summary>
    /// <param name="after">The count after which.</param>
    /// <param name="upTo">The number: that of the finalized block, so that there is one entry for a count.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="mostBytes">Once so many bytes are read, no more are.</param>
    public IReadOnlyList<QueueRecord> Entries(ulong after, uint upTo, int limit, int mostBytes)
    {
        List<QueueRecord> entries = [];
        _entries.Bind(1, Clamp(after)).Bind(2, upTo).Bind(3, limit);
        for (int bytes = 0; bytes < mostBytes && _entries.Step(); bytes += entries[^1].Entry.Length)
        {
            entries.Add(new QueueRecord((ulong)_entries.Integer(0), (uint)_entries.Integer(1), new Hash256(_entries.Bytes(2)), new Hash256(_entries.Bytes(3)), _entries.Bytes(4).ToArray(), []));
        }

        _entries.Reset();
        return entries;
    }

    /// <summary>The hashes of the entries from after a count to another, one after the other, of blocks up to a number.</summary>
    public byte[] EntryHashes(ulong after, ulong to, uint upTo)
    {
        List<byte> hashes = [];
        _entryHashes.Bind(1, Clamp(after)).Bind(2, Clamp(to)).Bind(3, upTo);
        while (_entryHashes.Step()) hashes.AddRange(_entryHashes.Bytes(0));
        _entryHashes.Reset();
        return [.. hashes];
    }

    /// <summary>The messages of a channel in the entry with a count, of a block up to a number.</summary>
    public bool TryGetQueueBody(ulong count, in Channel channel, uint upTo, [NotNullWhen(true)] out byte[]? messages) =>
        TryGet(_queueBody.Bind(1, Clamp(count)).Bind(2, upTo).Bind(3, Scale.Encode(channel)), out messages);

    /// <summary>The block that ended an authority set: of the set with id 0 the first that did.</summary>
    public bool TryGetSetChange(ulong setId, out uint number)
    {
        bool found = _nthSetChange.Bind(1, Clamp(setId)).Step();
        number = found ? (uint)_nthSetChange.Integer(0) : 0;
        _nthSetChange.Reset();
        return found;
    }

    /// <summary>A block's header.</summary>
    public bool TryGetHeader(in Hash256 hash, [NotNullWhen(true)] out byte[]? header) => TryGet(_header.Bind(1, hash.AsSpan()), out header);

    /// <summary>What a block's header begins with.</summary>
    public bool TryGetFields(in Hash256 hash, out HeaderFields fields)
    {
        fields = default;
        if (!TryGetHeader(hash, out byte[]? header)) return false;
        fields = Read(header);
        return true;
    }

    /// <summary>A block's extrinsics; null where they were pruned.</summary>
    public bool TryGetBody(in Hash256 hash, out byte[][]? extrinsics)
    {
        extrinsics = null;
        if (!TryGet(_body.Bind(1, hash.AsSpan()), out byte[]? encoded, out bool isPruned)) return false;
        if (!isPruned && !StoredBlock.TryDecodeBody(encoded, out extrinsics)) throw Wrong(StorageError.Inconsistent, $"{_path}, body of {hash}");
        return true;
    }

    /// <summary>A block's header fields and changes; no changes where they were pruned.</summary>
    public bool TryGetDelta(in Hash256 hash, out HeaderFields fields, out byte[]? delta)
    {
        fields = default;
        delta = null;
        bool found = _delta.Bind(1, hash.AsSpan()).Step();
        if (found)
        {
            fields = Read(_delta.Bytes(0));
            delta = _delta.IsNull(1) ? null : _delta.Bytes(1).ToArray();
        }

        _delta.Reset();
        return found;
    }

    /// <summary>Decodes changes.</summary>
    public StateDelta Decode(byte[] encoded, in Hash256 hash) =>
        StateDelta.TryDecode(encoded, out StateDelta? delta, out DeltaError error) ? delta : throw Wrong(StorageError.Inconsistent, $"{_path}, changes of {hash}: {error}");

    /// <summary>The blocks with a number, in the order in which they came.</summary>
    public IReadOnlyList<Hash256> HashesAt(uint number)
    {
        List<Hash256> hashes = [];
        _at.Bind(1, number);
        while (_at.Step()) hashes.Add(new Hash256(_at.Bytes(0)));
        _at.Reset();
        return hashes;
    }

    /// <summary>All blocks from a number on, parents before children.</summary>
    public IReadOnlyList<(Hash256 Hash, HeaderFields Fields)> From(uint number)
    {
        List<(Hash256, HeaderFields)> blocks = [];
        _from.Bind(1, number);
        while (_from.Step()) blocks.Add((new Hash256(_from.Bytes(0)), Read(_from.Bytes(1))));
        _from.Reset();
        return blocks;
    }

    /// <summary>How many blocks follow on a number, and how long their changes are together.</summary>
    public (long Blocks, long Bytes) DeltasAfter(uint number)
    {
        _ = _size.Bind(1, number).Step();
        (long, long) size = (_size.Integer(0), _size.Integer(1));
        _size.Reset();
        return size;
    }

    /// <summary>Forgets the changes of the finalized block with a number.</summary>
    public void DropDelta(uint number) => _dropDelta.Bind(1, number).Run();

    /// <summary>Forgets the body of the finalized block with a number.</summary>
    public void DropBody(uint number) => _dropBody.Bind(1, number).Run();

    /// <summary>Keeps the justification of a finalized block; one that changes the set stays marked as such.</summary>
    public void PutJustification(uint number, ReadOnlySpan<byte> justification, bool changesSet) =>
        _putJustification.Bind(1, number).Bind(2, changesSet ? 1 : 0).Bind(3, justification).Run();

    /// <summary>The justification of a finalized block.</summary>
    public bool TryGetJustification(uint number, [NotNullWhen(true)] out byte[]? justification) => TryGet(_justification.Bind(1, number), out justification);

    /// <summary>The first justification of a change of the authority set, from a number on.</summary>
    public bool TryGetSetChange(uint from, out uint number, [NotNullWhen(true)] out byte[]? justification)
    {
        bool found = _setChange.Bind(1, from).Step();
        number = found ? (uint)_setChange.Integer(0) : 0;
        justification = found ? _setChange.Bytes(1).ToArray() : null;
        _setChange.Reset();
        return found;
    }

    /// <summary>Forgets justifications before a block, but for those of set changes.</summary>
    public void DropJustifications(uint before) => _dropJustifications.Bind(1, before).Run();

    /// <summary>Sets a single value.</summary>
    public void Put(Pointer pointer, ReadOnlySpan<byte> value) => _putPointer.Bind(1, (long)pointer).Bind(2, value).Run();

    /// <summary>Sets a single value to a block number.</summary>
    public void Put(Pointer pointer, uint number)
    {
        Span<byte> value = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(value, number);
        Put(pointer, value);
    }

    /// <summary>A single value.</summary>
    public bool TryGet(Pointer pointer, [NotNullWhen(true)] out byte[]? value) => TryGet(_pointer.Bind(1, (long)pointer), out value);

    /// <summary>A single value that is a block number; 0 where there is none.</summary>
    public uint Number(Pointer pointer) => TryGet(pointer, out byte[]? value) && value.Length == sizeof(uint) ? BinaryPrimitives.ReadUInt32LittleEndian(value) : 0;

    /// <summary>A single value that is a hash.</summary>
    public Hash256 Hash(Pointer pointer) =>
        TryGet(pointer, out byte[]? value) && value.Length == Hash256.Size ? new Hash256(value) : throw Wrong(StorageError.Inconsistent, $"{_path}, pointer {pointer}");

    /// <summary>Keeps, or with no value removes, what others entrust to the database.</summary>
    public void PutAuxiliary(ReadOnlySpan<byte> key, byte[]? value)
    {
        if (value is null) _removeAuxiliary.Bind(1, key).Run();
        else _putAuxiliary.Bind(1, key).Bind(2, value).Run();
    }

    /// <summary>What others entrusted to the database.</summary>
    public bool TryGetAuxiliary(ReadOnlySpan<byte> key, [NotNullWhen(true)] out byte[]? value) => TryGet(_auxiliary.Bind(1, key), out value);

    /// <inheritdoc/>
    public void Dispose() => _database.Dispose();

    private static long Clamp(ulong number) => (long)Math.Min(number, long.MaxValue);

    private static StorageException Wrong(StorageError error, string subject) => new(new StorageFailure(error, subject));

    private static bool TryGet(Statement statement, [NotNullWhen(true)] out byte[]? value) => TryGet(statement, out value, out _);

    private static bool TryGet(Statement statement, [NotNullWhen(true)] out byte[]? value, out bool isNull)
    {
        bool found = statement.Step();
        value = found ? statement.Bytes(0).ToArray() : null;
        isNull = found && statement.IsNull(0);
        statement.Reset();
        return found;
    }

    private HeaderFields Read(ReadOnlySpan<byte> header) => HeaderFields.TryRead(header, out HeaderFields fields) ? fields : throw Wrong(StorageError.Inconsistent, $"{_path}, a header");
}
