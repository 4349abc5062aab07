using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Phala.Contracts.Hosting;

/// <summary>What the generated entry points of contracts are made of. Not for authors: they write constructors, commands and queries.</summary>
/// <remarks>
/// What a call returns has ink!'s form, <c>Result&lt;T, LangError&gt;</c>, with <c>Result&lt;T, E&gt;</c> inside where a contract has errors of its own. A call that ends with a message, thrown or required, returns
/// the second case of <c>LangError</c>, which ink! does not have and the contract's metadata describes: <c>Reverted(String)</c>.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Entry
{
    /// <summary>The index of the case of <c>LangError</c> that ink! has.</summary>
    public const byte CouldNotReadInput = 1;

    /// <summary>The index of the case of <c>LangError</c> that holds a message.</summary>
    public const byte Reverted = 2;

    private const uint Reverts = 1;
    private const int Short = 32;

    /// <summary>Reads the call's input.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Decoder Begin() => Host.Input();

    /// <summary>Ends the call where it brought tokens.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void DenyPayment()
    {
        if (Host.IsPaid()) Revert("This takes no tokens.");
    }

    /// <summary>Ends the call where a command is executed.</summary>
    public static void RequireQuery()
    {
        const uint IsInTransaction = 12;
        if (Host.CallExtension(IsInTransaction, new Encoder(0), 1, out _).ReadBoolean()) Revert("This is a query: commands can't do what it does.");
    }

    /// <summary>Ends the call: the input was not read.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void CouldNotRead()
    {
        Encoder output = new(2);
        output.WriteByte(1);
        output.WriteByte(CouldNotReadInput);
        Host.Return(Reverts, output);
    }

    /// <summary>Ends the call with a message. What it changed is undone.</summary>
    [RevertHandler]
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Revert(string message)
    {
        Encoder output = new(Short + message.Length);
        output.WriteByte(1);
        output.WriteByte(Reverted);
        output.WriteString(message);
        Host.Return(Reverts, output);
    }

    /// <summary>Ends the call with an error of the contract. What it changed is undone.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Fail(byte error)
    {
        Encoder output = new(3);
        output.WriteByte(0);
        output.WriteByte(1);
        output.WriteByte(error);
        Host.Return(Reverts, output);
    }

    /// <summary>Begins a result.</summary>
    /// <param name="fails">Whether there is a result with errors of the contract inside.</param>
    /// <param name="room">For how many bytes there is room before the first growth.</param>
    public static Encoder Ok(bool fails, int room)
    {
        Encoder output = new(2 + room);
        output.WriteByte(0);
        if (fails) output.WriteByte(0);
        return output;
    }

    /// <summary>Ends the call with a result.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Return(Encoder output) => Host.Return(0, output);

    /// <summary>Calls another contract; what does not return a value ends this call too.</summary>
    /// <param name="address">The contract.</param>
    /// <param name="value">What it is given.</param>
    /// <param name="input">Selector and arguments.</param>
    /// <param name="fails">Whether there is a result with errors of that contract inside.</param>
    /// <param name="name">What is called, for the message.</param>
    /// <returns>The value.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Decoder Call(AccountId address, UInt128 value, Encoder input, bool fails, string name)
    {
        Decoder output = Host.Call(address, value, input, out uint code);
        if (code != 0) Revert(name);
        if (output.ReadByte() != 0) Revert(name);
        if (fails && output.ReadByte() != 0) Revert(name);
        return output;
    }

    /// <summary>Emits an event.</summary>
    public static void Emit(Encoder topics, Encoder data) => Host.Emit(topics, data);

    /// <summary>Writes the topic of a value: its encoding, or the encoding's hash where it is longer than a topic.</summary>
    /// <param name="topics">Where.</param>
    /// <param name="value">The value's encoding.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void WriteTopic(Encoder topics, Encoder value)
    {
        if (value.Length > Hash.Size)
        {
            topics.WriteHash(Host.Blake2b256(value.Buffer, value.Length));
            return;
        }

        topics.WriteRaw(value.Buffer, value.Length);
        for (int index = value.Length; index < Hash.Size; index++) topics.WriteByte(0);
    }
}
