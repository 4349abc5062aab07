using System.Text.Json;

namespace Phala.Node.Rpc.Messages;

/// <summary>
/// What answering one message takes: the reply's buffer, the writer, the call. It is used again for the next message, so that a call allocates nothing of its own.
/// Within a batch the replies lie one behind the other in the buffer, and only the last is open.
/// </summary>
internal sealed class Exchange : IDisposable
{
    private int _start;
    private ReadOnlyMemory<byte> _text;
    private (int Actions, int Subscriptions) _mark;

    public Exchange(Caller caller, RpcCall call)
    {
        Caller = caller;
        Call = call;
        Writer = new Utf8JsonWriter(Reply, RpcJson.WriterOptions);
    }

    public Caller Caller { get; }

    public RpcCall Call { get; }

    /// <summary>The reply to the message; empty where there is none.</summary>
    public ReplyBuffer Reply { get; } = new();

    public Utf8JsonWriter Writer { get; }

    public Request Request { get; private set; }

    /// <summary>The method that is called; null where there is none of the name.</summary>
    public MethodEntry? Method { get; set; }

    /// <summary>When the call began.</summary>
    public long StartedAt { get; set; }

    /// <summary>The call had to wait for the rate limit, or was refused by it.</summary>
    public bool WasRateLimited { get; set; }

    /// <summary>The name of the method as it stands in the request.</summary>
    public ReadOnlySpan<byte> MethodName => Request.Method.Of(_text.Span);

    /// <summary>Begins with a request of the message, which stays in place until its reply is complete.</summary>
    public void Begin(ReadOnlyMemory<byte> text, in Request request)
    {
        _text = text;
        Request = request;
        _start = Reply.Length;
        _mark = Call.Mark();
        Method = null;
        WasRateLimited = false;
        Call.Parameters.Reset(request.Parameters.Of(text));
    }

    /// <summary>Writes all that stands before the result, which may be so long.</summary>
    public void BeginResult(int limit)
    {
        WriteHead();
        Reply.Append(ReplyWriter.Result);
        Reply.Limit = (int)Math.Min((long)_start + limit, Array.MaxLength);
        Writer.Reset(Reply);
    }

    /// <summary>Completes a result; false if the handler wrote none or half of one.</summary>
    public bool TryEndResult()
    {
        bool isWhole = Writer.CurrentDepth == 0 && Writer.BytesCommitted + Writer.BytesPending > 0;
        Writer.Flush();
        if (isWhole) Reply.Append("}"u8);
        Reply.Limit = Array.MaxLength;
        return isWhole;
    }

    /// <summary>Puts an error in the place of whatever was written for this request.</summary>
    public void WriteError(RpcError error)
    {
        Call.Discard(_mark);
        Reply.Limit = Array.MaxLength;
        Reply.Length = _start;
        WriteHead();
        Reply.Append(ReplyWriter.Error);
        Writer.Reset(Reply);
        ReplyWriter.WriteError(Writer, error);
        Writer.Flush();
        Reply.Append("}"u8);
    }

    /// <summary>Answers the whole message with an error, whatever was written before.</summary>
    public void WriteErrorForAll(RpcError error)
    {
        _mark = default;
        _start = 0;
        Request = default;
        WriteError(error);
    }

    public void Dispose()
    {
        Writer.Dispose();
        Reply.Dispose();
    }

    private void WriteHead()
    {
        Reply.Append(ReplyWriter.Head);
        Reply.Append(Request.Id.Length > 0 ? Request.Id.Of(_text.Span) : "null"u8);
    }
}
