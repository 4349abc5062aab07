using Phala.Contracts.Hosting;

namespace Phala.Contracts.Queries;

/// <summary>Numbers that nobody can foresee, drawn by the worker.</summary>
public sealed class RandomSource
{
    internal RandomSource()
    {
    }

    /// <summary>Draws bytes, at most 255.</summary>
    public byte[] Bytes(byte count)
    {
        const uint GetRandom = 11;
        Encoder input = new(1);
        input.WriteByte(count);
        return Host.CallExtension(GetRandom, input, count + 4, out _).ReadBytes();
    }

    /// <summary>Draws a number of 64 bits.</summary>
    public ulong UInt64() => Words.Read(Bytes(8), 0);

    /// <summary>Draws a number below a limit, each as likely as the others.</summary>
    /// <param name="limit">More than 0.</param>
    public uint Below(uint limit)
    {
        if (limit == 0) Entry.Revert("Nothing is below 0.");
        ulong most = ulong.MaxValue - (ulong.MaxValue % limit);
        ulong drawn = UInt64();
        while (drawn >= most) drawn = UInt64();
        return (uint)(drawn % limit);
    }
}
