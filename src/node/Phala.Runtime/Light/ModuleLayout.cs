using Phala.Wasm.Binary;

namespace Phala.Runtime.Light;

/// <summary>Where functions, and in memory constants and scratch space, lie in the module.</summary>
internal sealed class ModuleLayout
{
    /// <summary>Address 0 means nothing, so nothing lies there.</summary>
    private const int FirstAddress = 1024;

    private readonly List<byte> _data = [];

    /// <summary>The index of a helper: behind the imports.</summary>
    public static uint IndexOf(Helper helper) => (uint)Enum.GetValues<HostFunction>().Length + (uint)helper;

    /// <summary>The index of the first exported function.</summary>
    public static uint FirstExport => IndexOf(0) + (uint)Enum.GetValues<Helper>().Length;

    /// <summary>The length ‖ pointer form of a span.</summary>
    public static long Span(int pointer, int length) => ((long)length << 32) | (uint)pointer;

    /// <summary>The first address behind what was placed.</summary>
    public int End => FirstAddress + _data.Count;

    /// <summary>Places bytes and returns their address, a multiple of 8.</summary>
    public int Place(ReadOnlySpan<byte> bytes)
    {
        while (End % 8 != 0) _data.Add(0);
        int address = End;
        _data.AddRange(bytes);
        return address;
    }

    /// <summary>Places bytes and returns their span.</summary>
    public long PlaceSpan(ReadOnlySpan<byte> bytes) => Span(Place(bytes), bytes.Length);

    /// <summary>Places zeros to be written over.</summary>
    public int Reserve(int length) => Place(new byte[length]);

    /// <summary>What memory holds at the start.</summary>
    public DataSegment Segment() => new(SegmentMode.Active, ConstantExpression.OfI32(FirstAddress), _data.ToArray());
}
