using System.Text;
using Microsoft.AspNetCore.Http;
using Phala.Worker.Interface.Prpc;

namespace Phala.Worker.Rpc;

/// <summary>What there is besides methods: help, health, metrics.</summary>
/// <param name="isReady">Whether queries are answered.</param>
/// <param name="metrics">The metrics in Prometheus' text format.</param>
internal sealed class PrpcPages(Func<bool> isReady, Func<string> metrics)
{
    private const string Text = "text/plain; charset=utf-8", MetricsText = "text/plain; version=0.0.4; charset=utf-8";
    private readonly byte[] _help = Encoding.UTF8.GetBytes(ProtoText.Read());

    /// <summary>A page; null where there is none.</summary>
    public PageReply? Find(string path, bool isPublic) => path switch
    {
        "/help" => new PageReply(StatusCodes.Status200OK, Text, _help),
        "/health" => new PageReply(StatusCodes.Status200OK, Text, "ok\n"u8.ToArray()),
        "/health/readiness" => isReady() ? new PageReply(StatusCodes.Status200OK, Text, "ready\n"u8.ToArray()) : new PageReply(StatusCodes.Status503ServiceUnavailable, Text, "not ready\n"u8.ToArray()),
        "/metrics" when !isPublic => new PageReply(StatusCodes.Status200OK, MetricsText, Encoding.UTF8.GetBytes(metrics())),
        _ => null,
    };
}
