namespace Phala.Contracts.Hosting;

/// <summary>The host's functions that contracts import. On .NET each hands its call to the thread's <see cref="ContractHost"/>.</summary>
/// <remarks>Unsafe: what they take are places in the contract's memory, as the imports have them; the callers, in <see cref="Host"/>, pin what they point to.</remarks>
internal static unsafe class HostFunctions
{
    private const uint Nothing = uint.MaxValue;

    [HostFunction("seal0", "input")]
    internal static void Input(byte* output, uint* length) => Write(ContractHost.Current.Input, output, length);

    [HostFunction("seal0", "seal_return")]
    internal static void Return(uint flags, byte* data, uint length) => ContractHost.Current.Return(flags != 0, Read(data, length));

    [HostFunction("seal0", "caller")]
    internal static void Caller(byte* output, uint* length) => Write(ContractHost.Current.Caller, output, length);

    [HostFunction("seal0", "address")]
    internal static void Address(byte* output, uint* length) => Write(ContractHost.Current.Address, output, length);

    [HostFunction("seal0", "balance")]
    internal static void Balance(byte* output, uint* length) => Write(ContractHost.Current.Balance, output, length);

    [HostFunction("seal0", "value_transferred")]
    internal static void ValueTransferred(byte* output, uint* length) => Write(ContractHost.Current.TransferredValue, output, length);

    [HostFunction("seal0", "now")]
    internal static void Now(byte* output, uint* length)
    {
        ulong now = ContractHost.Current.Now;
        Write(new ReadOnlySpan<byte>(&now, sizeof(ulong)), output, length);
    }

    [HostFunction("seal0", "block_number")]
    internal static void BlockNumber(byte* output, uint* length)
    {
        uint number = ContractHost.Current.BlockNumber;
        Write(new ReadOnlySpan<byte>(&number, sizeof(uint)), output, length);
    }

    [HostFunction("seal1", "get_storage")]
    internal static uint GetStorage(byte* key, uint keyLength, byte* output, uint* length)
    {
        const uint KeyNotFound = 3;
        if (!ContractHost.Current.TryGet(Read(key, keyLength), out ReadOnlySpan<byte> value)) return KeyNotFound;
        Write(value, output, length);
        return 0;
    }

    [HostFunction("seal1", "contains_storage")]
    internal static uint ContainsStorage(byte* key, uint keyLength) => Length(ContractHost.Current.LengthOf(Read(key, keyLength)));

    [HostFunction("seal2", "set_storage")]
    internal static uint SetStorage(byte* key, uint keyLength, byte* value, uint length) => Length(ContractHost.Current.Set(Read(key, keyLength), Read(value, length)));

    [HostFunction("seal1", "clear_storage")]
    internal static uint ClearStorage(byte* key, uint keyLength) => Length(ContractHost.Current.Clear(Read(key, keyLength)));

    [HostFunction("seal1", "call")]
    internal static uint Call(uint flags, byte* callee, ulong gas, byte* value, byte* input, uint inputLength, byte* output, uint* length)
    {
        uint code = ContractHost.Current.Call(flags, Read(callee, AccountId.Size), gas, *(UInt128*)value, Read(input, inputLength), out ReadOnlySpan<byte> returned);
        if (code is 0 or 2) Write(returned, output, length);
        return code;
    }

    [HostFunction("seal0", "transfer")]
    internal static uint Transfer(byte* account, uint accountLength, byte* value, uint valueLength) => ContractHost.Current.Transfer(Read(account, accountLength), *(UInt128*)value);

    [HostFunction("seal0", "deposit_event")]
    internal static void DepositEvent(byte* topics, uint topicsLength, byte* data, uint length) => ContractHost.Current.Emit(Read(topics, topicsLength), Read(data, length));

    [HostFunction("seal0", "hash_blake2_256")]
    internal static void HashBlake2b256(byte* data, uint length, byte* digest) => ContractHost.Current.Digest(HashAlgorithm.Blake2b256, Read(data, length), new Span<byte>(digest, Hash.Size));

    [HostFunction("seal0", "hash_sha2_256")]
    internal static void HashSha256(byte* data, uint length, byte* digest) => ContractHost.Current.Digest(HashAlgorithm.Sha256, Read(data, length), new Span<byte>(digest, Hash.Size));

    [HostFunction("seal0", "hash_keccak_256")]
    internal static void HashKeccak256(byte* data, uint length, byte* digest) => ContractHost.Current.Digest(HashAlgorithm.Keccak256, Read(data, length), new Span<byte>(digest, Hash.Size));

    [HostFunction("seal0", "call_chain_extension")]
    internal static uint CallExtension(uint function, byte* input, uint inputLength, byte* output, uint* length)
    {
        uint status = ContractHost.Current.CallExtension(function, Read(input, inputLength), out ReadOnlySpan<byte> result);
        Write(result, output, length);
        return status;
    }

    private static ReadOnlySpan<byte> Read(byte* data, uint length) => new(data, (int)length);

    private static uint Length(int? length) => length is { } known ? (uint)known : Nothing;

    private static void Write(UInt128 value, byte* output, uint* length) => Write(new ReadOnlySpan<byte>(&value, sizeof(UInt128)), output, length);

    /// <summary>As the host of compiled contracts does: too little room ends the call.</summary>
    private static void Write(ReadOnlySpan<byte> value, byte* output, uint* length)
    {
        if (*length < value.Length) ContractHost.Current.Trap();
        value.CopyTo(new Span<byte>(output, (int)*length));
        *length = (uint)value.Length;
    }
}
