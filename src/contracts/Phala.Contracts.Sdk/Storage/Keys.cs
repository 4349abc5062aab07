using Phala.Contracts.Hosting;

namespace Phala.Contracts.Storage;

/// <summary>Where things are stored.</summary>
internal static class Keys
{
    /// <summary>The longest key that the host takes, in bytes.</summary>
    internal const int Longest = 128;

    internal static Encoder Of(uint key)
    {
        Encoder output = new(sizeof(uint));
        output.WriteUInt32(key);
        return output;
    }

    internal static Encoder Of(uint key, int index)
    {
        Encoder output = new(2 * sizeof(uint));
        output.WriteUInt32(key);
        output.WriteInt32(index);
        return output;
    }
}
