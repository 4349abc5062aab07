using System.Diagnostics;
using System.Text;
using Phala.Clusters.Execution;
using Phala.Codec;
using Phala.Codec.Codecs;
using Phala.Crypto.Signatures;
using Phala.Trie;
using Phala.Worker.Interface.Envelopes;

namespace Phala.Clusters.Pink;

/// <summary>The extension as queries have it: with what their worker lets them reach.</summary>
/// <param name="root">The cluster's secrets of the first epoch.</param>
/// <param name="host">What their worker lets them reach.</param>
/// <param name="weightOf">A contract's weight.</param>
/// <param name="stop">When the query must end.</param>
internal sealed class QueryExtension(ClusterSecrets? root, QueryHost host, Func<Hash256, uint> weightOf, CancellationToken stop) : PinkExtension(root)
{
    private const int MostRequests = 5;
    private const ulong LongestWait = 10_000;

    private protected override bool IsInTransaction => false;

    private protected override byte[] Worker => host.Worker.AsSpan().ToArray();

    private protected override ulong Clock => host.ReadClock();

    private protected override ExtensionReply Send(CallContext call, ref ScaleReader reader)
    {
        if (!call.TrySpend(Fuel.RequestByte * (uint)reader.Rest.Length)) return default;
        if (!HttpRequest.TryDecode(ref reader, out HttpRequest? request)) return Undecoded(call);
        Result<HttpResponse, HttpFailure> result = host.SendHttp([request], LongestWait, stop)[0];
        if (result.TryGet(out HttpResponse? response, out HttpFailure error)) return Paid(call, Ok(response));
        switch (error)
        {
            case HttpFailure.NotAllowed or HttpFailure.TooManyRequests:
                return Ok(new HttpResponse(HttpResponse.Unreachable, "Unreachable", default, Vec.Create<byte>(Encoding.ASCII.GetBytes(error.ToString()))));
            case HttpFailure.NetworkError or HttpFailure.ResponseTooLarge or HttpFailure.TooManyHeaders:
                return Ok(new HttpResponse(HttpResponse.IoError, "IO Error", default, Vec.Create<byte>(Encoding.ASCII.GetBytes(error.ToString()))));
            default:
                call.Fail(CallStatus.BadRequest);
                return default;
        }
    }

    private protected override ExtensionReply SendAll(CallContext call, ref ScaleReader reader)
    {
        if (!call.TrySpend(Fuel.RequestByte * (uint)reader.Rest.Length)) return default;
        if (!VecCodec<HttpRequest, HttpRequest>.TryDecode(ref reader, out Vec<HttpRequest> requests) || !reader.TryReadUInt64(out ulong milliseconds)) return Undecoded(call);
        if (requests.Length > MostRequests) return new((uint)HttpFailure.TooManyRequests + 1, []);
        IReadOnlyList<Result<HttpResponse, HttpFailure>> results = requests.Length == 0 ? [] : host.SendHttp(requests.ToArray(), Math.Min(milliseconds, LongestWait), stop);
        Debug.Assert(results.Count == requests.Length, "One for each.");
        return Paid(call, new(0, Scale.Encode<VecCodec<ResultCodec<HttpResponse, HttpResponse, HttpFailureCodec, HttpFailure>, Result<HttpResponse, HttpFailure>>, Vec<Result<HttpResponse, HttpFailure>>>([.. results])));
    }

    /// <summary>What servers gave is paid for as what is read elsewhere, whether the contract has room for it or not.</summary>
    private static ExtensionReply Paid(CallContext call, ExtensionReply reply) => call.TrySpend(Fuel.ReadByte * (uint)reply.Output.Length) ? reply : default;

    private protected override byte[] SignSr25519(Sr25519KeyPair pair, ReadOnlySpan<byte> message)
    {
        byte[] signature = new byte[Sr25519.SignatureLength], entropy = new byte[32];
        host.Draw(entropy);
        pair.Sign(message, entropy, signature);
        return signature;
    }

    private protected override ExtensionReply Remember(CallContext call, Vec<byte> key, Vec<byte> value) => host.Remember(call.Self, weightOf(call.Self), key, value) ? Done : new(1, []);

    private protected override ExtensionReply SetExpiration(CallContext call, Vec<byte> key, ulong seconds)
    {
        host.SetExpiration(call.Self, key, seconds);
        return Done;
    }

    private protected override Vec<byte>? Recall(CallContext call, Vec<byte> key) => host.Recall(call.Self, key);

    private protected override Vec<byte>? Forget(CallContext call, Vec<byte> key) => host.Forget(call.Self, key);

    private protected override byte[] Draw(int length)
    {
        byte[] bytes = new byte[length];
        host.Draw(bytes);
        return bytes;
    }
}
