namespace Phala.LoadGenerator;

/// <summary>What is sent, and how.</summary>
/// <param name="Count">How many transfers.</param>
/// <param name="Accounts">How many accounts send them in turns.</param>
/// <param name="Connections">Over how many WebSockets.</param>
/// <param name="InFlight">How many submissions of one WebSocket are under way.</param>
/// <param name="Window">How many transfers are submitted and not yet in a block.</param>
internal sealed record TransferOptions(int Count, int Accounts, int Connections, int InFlight, int Window);
