using System.Buffers.Binary;
using Phala.Codec;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Dispatch;
using Phala.Runtime.Interface.Shapes;

namespace Phala.Runtime.Light;

/// <summary>What the module knows of each call: 48 bytes an entry, one for each call of the runtime.</summary>
internal static class CallTable
{
    /// <summary>Where in an entry: both indices, class, whether it costs a fee, the fee without that of the length, how many there can be in a block by weight, the length of the answer's beginning, that beginning.</summary>
    public const int Indices = 0, Class = 2, PaysFee = 3, HeadLength = 4, Fee = 8, PerBlock = 16, Head = 24, EntryLength = 48;

    /// <summary>The bytes of the table.</summary>
    public static byte[] Build(Func<CallShape, DispatchInfo> infoOf) => [.. RuntimeShape.Pallets.SelectMany(pallet => pallet.Calls).SelectMany(call => Entry(call, infoOf(call)))];

    private static byte[] Entry(CallShape call, DispatchInfo info)
    {
        if (info.Class == DispatchClass.Operational) throw new ArgumentException($"{call.Name}: the module knows no priority of operational calls.", nameof(info));
        ulong most = BlockLimits.Weights.MaxBlock.RefTime, weight = Math.Clamp(info.Weight.RefTime, 1, most);
        byte[] entry = new byte[EntryLength], head = [.. Scale.Encode(info.Weight), (byte)info.Class];
        entry[Indices] = call.Pallet.Index;
        entry[Indices + 1] = call.Index;
        entry[Class] = (byte)info.Class;
        entry[PaysFee] = info.PaysFee == Pays.Yes ? (byte)1 : (byte)0;
        entry[HeadLength] = (byte)head.Length;
        ulong picoseconds = BlockLimits.BaseExtrinsic.RefTime + Math.Min(info.Weight.RefTime, most);
        BinaryPrimitives.WriteUInt64LittleEndian(entry.AsSpan(Fee), picoseconds * TransactionPayment.PicosecondFee);
        BinaryPrimitives.WriteUInt64LittleEndian(entry.AsSpan(PerBlock), most / weight);
        head.CopyTo(entry.AsSpan(Head));
        return entry;
    }
}
