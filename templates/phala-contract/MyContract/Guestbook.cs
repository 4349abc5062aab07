namespace MyContract;

/// <summary>A book that only its owner can read.</summary>
[Contract]
public sealed partial class Guestbook : Contract<GuestbookError>
{
    private partial Value<AccountId> Owner { get; }

    private partial Vector<Entry> Entries { get; }

    /// <summary>Makes a book of the caller's.</summary>
    [Constructor]
    public Guestbook() => Owner.Set(Caller);

    /// <summary>Writes into the book.</summary>
    [Command]
    public void Write(string text)
    {
        Require(text.Length > 0, GuestbookError.NothingWritten);
        Entries.Add(new Entry(Caller, Now, text));
        Emit(new Written(Caller, Entries.Count));
    }

    /// <summary>How many entries there are: everybody may know.</summary>
    [Query]
    public int Count() => Entries.Count;

    /// <summary>An entry: the owner alone may read it.</summary>
    [Query(Fails = true)]
    public Entry Read(int index)
    {
        Require(Caller == Owner.Get(), GuestbookError.NotYours);
        return Entries[index];
    }
}
