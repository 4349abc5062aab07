namespace MyContract;

/// <summary>Somebody wrote into the book.</summary>
/// <param name="By">Who.</param>
/// <param name="Count">How many entries there are now.</param>
[Event]
public readonly partial record struct Written([Topic] AccountId By, int Count);
