using System.Text;
using Phala.Clusters.Pink;
using Phala.Codec;
using Phala.Crypto.Hashing;
using Phala.Runtime.Interface.Keys;
using Phala.Trie;

namespace Phala.Contracts.Testing.World;

/// <summary>What queries of a test reach beyond the cluster. The same in every run: what is drawn follows from a counter, time is the cluster's.</summary>
internal sealed class OutsideWorld(Func<ulong> now)
{
    private readonly Dictionary<(Hash256 Contract, string Key), Vec<byte>> _remembered = [];
    private int _drawn;

    /// <summary>Answers requests.</summary>
    internal Func<TestRequest, TestResponse> Http { get; set; } = static _ => new TestResponse(523, "No server was given to this test: set TestCluster.Http.");

    internal QueryHost ToHost() => new()
    {
        SendHttp = (requests, _, _) => [.. requests.Select(request => Result<HttpResponse, HttpFailure>.Ok(Send(request)))],
        Draw = Draw,
        ReadClock = now,
        Worker = new Sr25519PublicKey(Bytes("worker")),
        Remember = (contract, _, key, value) =>
        {
            _remembered[(contract, Name(key))] = value;
            return true;
        },
        SetExpiration = static (_, _, _) => { },
        Recall = (contract, key) => _remembered.TryGetValue((contract, Name(key)), out Vec<byte> value) ? value : null,
        Forget = (contract, key) => _remembered.Remove((contract, Name(key)), out Vec<byte> value) ? value : null,
    };

    /// <summary>32 bytes that follow from a text.</summary>
    internal static byte[] Bytes(string text)
    {
        byte[] hash = new byte[Hash256.Size];
        Blake2b.Hash256(Encoding.UTF8.GetBytes(text), hash);
        return hash;
    }

    private static string Name(Vec<byte> key) => Convert.ToHexString(key.AsSpan());

    private HttpResponse Send(HttpRequest request)
    {
        TestResponse response = Http(new TestRequest(request.Method, request.Url, [.. request.Headers], request.Body.ToArray()));
        return new HttpResponse(response.Status, response.Status == 200 ? "OK" : "", default, Vec.Create<byte>(response.Body));
    }

    private void Draw(byte[] bytes)
    {
        for (int at = 0; at < bytes.Length; at += Hash256.Size)
        {
            byte[] drawn = Bytes($"drawn {_drawn++}");
            drawn.AsSpan(0, Math.Min(Hash256.Size, bytes.Length - at)).CopyTo(bytes.AsSpan(at));
        }
    }
}
