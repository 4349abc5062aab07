namespace Phala.Testing.Flipper;

/// <summary>A switch.</summary>
[Contract]
public sealed partial class Flipper : Contract
{
    private partial Value<bool> On { get; }

    /// <summary>Begins on or off.</summary>
    [Constructor]
    public Flipper(bool initial) => On.Set(initial);

    /// <summary>Turns it.</summary>
    [Command]
    public void Flip() => On.Set(!On.Get());

    /// <summary>Whether it is on.</summary>
    [Query]
    public bool Get() => On.Get();
}
