using System.Text;

namespace Phala.Worker.Interface.Prpc;

/// <summary>The .proto file of a worker's RPC.</summary>
public static class ProtoText
{
    /// <summary>The file's text.</summary>
    public static string Read()
    {
        using Stream stream = typeof(ProtoText).Assembly.GetManifestResourceStream("pruntime_rpc.proto")!;
        using StreamReader reader = new(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
