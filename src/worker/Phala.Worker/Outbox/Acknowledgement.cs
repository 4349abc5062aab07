namespace Phala.Worker.Outbox;

/// <summary>What a sequence that the chain expects says of a sender's messages.</summary>
internal enum Acknowledgement
{
    /// <summary>Nothing new.</summary>
    Known,

    /// <summary>Messages that waited have arrived.</summary>
    Arrived,

    /// <summary>The chain has messages that the box has not made: it goes on behind them.</summary>
    Jumped,
}
