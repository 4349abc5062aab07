namespace Phala.Contracts.Hosting;

/// <summary>Copies bytes.</summary>
internal static class Bytes
{
    /// <summary>Copies bytes that are there to where there is room.</summary>
    /// <remarks>Unsafe: the callers have checked both, once instead of for each byte.</remarks>
    internal static unsafe void Copy(byte[] from, int start, byte[] to, int at, int count)
    {
        fixed (byte* source = from)
        {
            fixed (byte* target = to)
            {
                for (int index = 0; index < count; index++) target[at + index] = source[start + index];
            }
        }
    }
}
