using System.Runtime.CompilerServices;

namespace Phala.Contracts.Hosting;

/// <summary>The host's functions with values instead of places in memory.</summary>
/// <remarks>Unsafe: it pins what it passes, for as long as the function runs.</remarks>
internal static unsafe class Host
{
    /// <summary>The longest input of a call, and the longest output of a call of another contract, in bytes.</summary>
    internal const int Room = 16 * 1024;

    internal static Decoder Input()
    {
        byte[] buffer = new byte[Room];
        uint length = Room;
        fixed (byte* place = buffer) HostFunctions.Input(place, &length);
        return new Decoder(buffer, (int)length);
    }

    internal static void Return(uint flags, Encoder output)
    {
        fixed (byte* place = output.Buffer) HostFunctions.Return(flags, place, (uint)output.Length);
    }

    internal static AccountId Caller()
    {
        AccountId account = default;
        uint length = AccountId.Size;
        HostFunctions.Caller((byte*)&account, &length);
        return account;
    }

    internal static AccountId Self()
    {
        AccountId account = default;
        uint length = AccountId.Size;
        HostFunctions.Address((byte*)&account, &length);
        return account;
    }

    internal static UInt128 Balance()
    {
        UInt128 amount = default;
        uint length = 16;
        HostFunctions.Balance((byte*)&amount, &length);
        return amount;
    }

    internal static UInt128 TransferredValue()
    {
        UInt128 amount = default;
        uint length = 16;
        HostFunctions.ValueTransferred((byte*)&amount, &length);
        return amount;
    }

    /// <summary>Whether anything came with the call: without the arithmetic of amounts.</summary>
    internal static bool IsPaid()
    {
        AccountId amount = default;
        uint length = AccountId.Size;
        HostFunctions.ValueTransferred((byte*)&amount, &length);
        return !amount.IsZero;
    }

    internal static ulong Now()
    {
        ulong now = 0;
        uint length = sizeof(ulong);
        HostFunctions.Now((byte*)&now, &length);
        return now;
    }

    internal static uint BlockNumber()
    {
        uint number = 0;
        uint length = sizeof(uint);
        HostFunctions.BlockNumber((byte*)&number, &length);
        return number;
    }

    /// <summary>Finds a stored value; null where there is none.</summary>
    /// <param name="key">The key.</param>
    /// <param name="size">How long such values are; negative where each is as long as it is.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static Decoder? Get(Encoder key, int size)
    {
        fixed (byte* place = key.Buffer)
        {
            if (size < 0) size = (int)HostFunctions.ContainsStorage(place, (uint)key.Length);
            if (size < 0) return null;
            byte[] value = new byte[size];
            uint length = (uint)size;
            fixed (byte* output = value)
            {
                return HostFunctions.GetStorage(place, (uint)key.Length, output, &length) == 0 ? new Decoder(value, (int)length) : null;
            }
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static bool Contains(Encoder key)
    {
        fixed (byte* place = key.Buffer) return HostFunctions.ContainsStorage(place, (uint)key.Length) != uint.MaxValue;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static void Set(Encoder key, Encoder value)
    {
        fixed (byte* place = key.Buffer)
        {
            fixed (byte* content = value.Buffer) HostFunctions.SetStorage(place, (uint)key.Length, content, (uint)value.Length);
        }
    }

    /// <summary>Forgets a value; false where there was none.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static bool Clear(Encoder key)
    {
        fixed (byte* place = key.Buffer) return HostFunctions.ClearStorage(place, (uint)key.Length) != uint.MaxValue;
    }

    /// <summary>Calls another contract.</summary>
    /// <param name="address">The contract.</param>
    /// <param name="value">What it is given.</param>
    /// <param name="input">Selector and arguments.</param>
    /// <param name="code">How it went: 0 where it returned, 2 where it reverted.</param>
    /// <returns>What it returned.</returns>
    internal static Decoder Call(AccountId address, UInt128 value, Encoder input, out uint code)
    {
        byte[] output = new byte[Room];
        uint length = Room;
        fixed (byte* data = input.Buffer)
        {
            fixed (byte* place = output) code = HostFunctions.Call(0, (byte*)&address, 0, (byte*)&value, data, (uint)input.Length, place, &length);
        }

        return new Decoder(output, (int)(code is 0 or 2 ? length : 0));
    }

    internal static bool Transfer(AccountId account, UInt128 value) => HostFunctions.Transfer((byte*)&account, AccountId.Size, (byte*)&value, 16) == 0;

    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static void Emit(Encoder topics, Encoder data)
    {
        fixed (byte* place = topics.Buffer)
        {
            fixed (byte* content = data.Buffer) HostFunctions.DepositEvent(place, (uint)topics.Length, content, (uint)data.Length);
        }
    }

    internal static Hash Blake2b256(byte[] data, int length)
    {
        Hash digest = default;
        fixed (byte* place = data) HostFunctions.HashBlake2b256(place, (uint)length, (byte*)&digest);
        return digest;
    }

    internal static Hash Sha256(byte[] data)
    {
        Hash digest = default;
        fixed (byte* place = data) HostFunctions.HashSha256(place, (uint)data.Length, (byte*)&digest);
        return digest;
    }

    internal static Hash Keccak256(byte[] data)
    {
        Hash digest = default;
        fixed (byte* place = data) HostFunctions.HashKeccak256(place, (uint)data.Length, (byte*)&digest);
        return digest;
    }

    /// <summary>Runs a function of the chain's extension.</summary>
    /// <param name="function">Its number.</param>
    /// <param name="input">The arguments.</param>
    /// <param name="room">For how long a result there is room; a longer one ends the call.</param>
    /// <param name="status">0 where there is a result.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static Decoder CallExtension(uint function, Encoder input, int room, out uint status)
    {
        byte[] output = new byte[room];
        uint length = (uint)room;
        fixed (byte* data = input.Buffer)
        {
            fixed (byte* place = output) status = HostFunctions.CallExtension(function, data, (uint)input.Length, place, &length);
        }

        return new Decoder(output, (int)length);
    }
}
