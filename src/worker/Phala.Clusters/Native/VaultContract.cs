using System.Text;
using Phala.Chain;
using Phala.Clusters.Execution;
using Phala.Codec;
using Phala.Codec.Codecs;
using Phala.Crypto.Hashing;
using Phala.Trie;
using Phala.Worker.Interface.Contracts;

namespace Phala.Clusters.Native;

/// <summary>Accounts store secrets under names and say who else may read them.</summary>
/// <remarks>
/// <para>
/// <b>Messages.</b> <c>store(name String, secret Vec&lt;u8&gt;)</c>, <c>grant(name String, reader AccountId)</c>, <c>revoke(name String, reader AccountId)</c>, <c>remove(name String)</c>, each
/// <c>Result&lt;(), VaultError&gt;</c>; for queries <c>read(owner AccountId, name String)</c> → <c>Result&lt;Vec&lt;u8&gt;, VaultError&gt;</c>, <c>list()</c> → <c>Vec&lt;String&gt;</c>,
/// <c>readers(name String)</c> → <c>Result&lt;Vec&lt;AccountId&gt;, VaultError&gt;</c>. Constructor <c>new()</c>. Selectors are the labels'.
/// </para>
/// <para><b>Invariant.</b> A secret is read by its owner, and by whom the owner granted it to and did not revoke since. Storing again under a name keeps the readers; removing forgets them.</para>
/// <para><b>Storage.</b> 1 ‖ owner ‖ hash of the name → name; 2 ‖ the same → secret; 3 ‖ the same ‖ reader → nothing.</para>
/// </remarks>
public sealed class VaultContract : ContractCode
{
    /// <summary>The longest name in bytes.</summary>
    public const int LongestName = 128;

    /// <summary>The longest secret in bytes.</summary>
    public const int LongestSecret = 32 * 1024;

    /// <summary>How many readers a secret may have besides its owner.</summary>
    public const int MostReaders = 64;

    private const byte NameMark = 1, SecretMark = 2, ReaderMark = 3;

    private static readonly uint NewSelector = Ink.Selector("new"), StoreSelector = Ink.Selector("store"), GrantSelector = Ink.Selector("grant"), RevokeSelector = Ink.Selector("revoke"),
        RemoveSelector = Ink.Selector("remove"), ReadSelector = Ink.Selector("read"), ListSelector = Ink.Selector("list"), ReadersSelector = Ink.Selector("readers");

    /// <inheritdoc/>
    public override CallResult Construct(CallContext call, ReadOnlySpan<byte> input)
    {
        ScaleReader reader = new(input);
        return Ink.TryReadSelector(ref reader, out uint selector) && selector == NewSelector && reader.TryFinish() ? Ink.Unit : Ink.CouldNotReadInput;
    }

    /// <inheritdoc/>
    public override CallResult Call(CallContext call, ReadOnlySpan<byte> input)
    {
        ScaleReader reader = new(input);
        if (!Ink.TryReadSelector(ref reader, out uint selector)) return Ink.CouldNotReadInput;
        if (selector == StoreSelector) return Store(call, ref reader);
        if (selector == GrantSelector) return Grant(call, ref reader);
        if (selector == RevokeSelector) return Revoke(call, ref reader);
        if (selector == RemoveSelector) return Remove(call, ref reader);
        if (selector == ReadSelector) return Read(call, ref reader);
        if (selector == ListSelector) return List(call, ref reader);
        return selector == ReadersSelector ? Readers(call, ref reader) : Ink.CouldNotReadInput;
    }

    private static CallResult Store(CallContext call, ref ScaleReader input)
    {
        if (!input.TryReadString(out string? name) || !input.TryReadByteSequence(out ReadOnlySpan<byte> secret) || !input.TryFinish()) return Ink.CouldNotReadInput;
        byte[] bytes = Encoding.UTF8.GetBytes(name);
        if (bytes.Length is 0 or > LongestName) return Fail(VaultError.BadName);
        if (secret.Length > LongestSecret) return Fail(VaultError.SecretTooLong);
        call.Set(Key(NameMark, call.Caller, bytes), bytes);
        call.Set(Key(SecretMark, call.Caller, bytes), secret);
        return Ink.OkUnit;
    }

    private static CallResult Grant(CallContext call, ref ScaleReader input)
    {
        if (!TryReadOwn(call, ref input, out byte[] readers, out AccountId reader)) return Ink.CouldNotReadInput;
        if (!HasSecret(call, readers)) return Fail(VaultError.NoSuchSecret);
        byte[] key = [.. readers, .. reader.AsSpan()];
        if (!call.Contains(key) && Enumerate(call, readers).Count >= MostReaders) return Fail(VaultError.TooManyReaders);
        call.Set(key, []);
        return Ink.OkUnit;
    }

    private static CallResult Revoke(CallContext call, ref ScaleReader input)
    {
        if (!TryReadOwn(call, ref input, out byte[] readers, out AccountId reader)) return Ink.CouldNotReadInput;
        if (!HasSecret(call, readers)) return Fail(VaultError.NoSuchSecret);
        call.Remove([.. readers, .. reader.AsSpan()]);
        return Ink.OkUnit;
    }

    private static CallResult Remove(CallContext call, ref ScaleReader input)
    {
        if (!TryReadLastName(ref input, out byte[] name)) return Ink.CouldNotReadInput;
        byte[] readers = Key(ReaderMark, call.Caller, name);
        if (!HasSecret(call, readers)) return Fail(VaultError.NoSuchSecret);
        foreach (byte[] key in Enumerate(call, readers)) call.Remove(key);
        call.Remove(Key(SecretMark, call.Caller, name));
        call.Remove(Key(NameMark, call.Caller, name));
        return Ink.OkUnit;
    }

    private static CallResult Read(CallContext call, ref ScaleReader input)
    {
        if (!AccountId.TryDecode(ref input, out AccountId owner) || !TryReadLastName(ref input, out byte[] name)) return Ink.CouldNotReadInput;
        bool isAllowed = owner == call.Caller || call.Contains([.. Key(ReaderMark, owner, name), .. call.Caller.AsSpan()]);
        if (!isAllowed || !call.TryGet(Key(SecretMark, owner, name), out ReadOnlySpan<byte> secret)) return Fail(VaultError.NotAllowed);
        return Ink.ReturnOk<VecCodec<U8Codec, byte>, Vec<byte>>(Vec.Create(secret));
    }

    private static CallResult List(CallContext call, ref ScaleReader input)
    {
        if (!input.TryFinish()) return Ink.CouldNotReadInput;
        List<string> names = [];
        foreach (byte[] key in Enumerate(call, [NameMark, .. call.Caller.AsSpan()]))
        {
            if (call.TryGet(key, out ReadOnlySpan<byte> name)) names.Add(Encoding.UTF8.GetString(name));
        }

        names.Sort(StringComparer.Ordinal);
        return Ink.Return<VecCodec<StringCodec, string>, Vec<string>>(Vec.Create<string>([.. names]));
    }

    private static CallResult Readers(CallContext call, ref ScaleReader input)
    {
        if (!TryReadLastName(ref input, out byte[] name)) return Ink.CouldNotReadInput;
        byte[] readers = Key(ReaderMark, call.Caller, name);
        if (!HasSecret(call, readers)) return Fail(VaultError.NoSuchSecret);
        AccountId[] accounts = [.. Enumerate(call, readers).Select(static key => new AccountId(key.AsSpan(^AccountId.Size..)))];
        return Ink.ReturnOk<VecCodec<AccountId, AccountId>, Vec<AccountId>>(Vec.Create<AccountId>(accounts));
    }

    /// <summary>Keys that begin with a prefix, in their order.</summary>
    private static List<byte[]> Enumerate(CallContext call, byte[] prefix)
    {
        List<byte[]> keys = [];
        for (byte[] at = prefix; call.TryGetNextKey(prefix, at, out byte[]? next); at = next) keys.Add(next);
        return keys;
    }

    /// <summary>Reads a name of the caller's and a reader, and gives the key before the readers' accounts.</summary>
    private static bool TryReadOwn(CallContext call, ref ScaleReader input, out byte[] readers, out AccountId reader)
    {
        (readers, reader) = ([], default);
        if (!input.TryReadString(out string? name) || !Ink.TryReadLast(ref input, out reader)) return false;
        readers = Key(ReaderMark, call.Caller, Encoding.UTF8.GetBytes(name));
        return true;
    }

    private static bool TryReadLastName(ref ScaleReader input, out byte[] name)
    {
        bool read = input.TryReadString(out string? text) && input.TryFinish();
        name = read ? Encoding.UTF8.GetBytes(text!) : [];
        return read;
    }

    private static bool HasSecret(CallContext call, byte[] readers) => call.Contains([NameMark, .. readers.AsSpan(1)]);

    private static byte[] Key(byte mark, in AccountId owner, ReadOnlySpan<byte> name)
    {
        Span<byte> hash = stackalloc byte[Hash256.Size];
        Blake2b.Hash256(name, hash);
        return [mark, .. owner.AsSpan(), .. hash];
    }

    private static CallResult Fail(VaultError error) => Ink.RevertWith((byte)error);
}
