using Phala.Codec;
using Phala.Codec.TypeInfo;
using Phala.Runtime.Interface.Storage;

namespace Phala.Runtime.Interface.Shapes;

/// <summary>
/// What the outside may know of a pallet: its index, calls, events, errors, storage and constants. Each pallet's file has one, and it is the pallet's table of contents:
/// every index stands there once, and the runtime, clients and metadata take it from there.
/// </summary>
/// <param name="name">The name in metadata, which is also the prefix of the pallet's storage.</param>
/// <param name="index">The first byte of its calls and events.</param>
/// <param name="crate">What the paths of its enums begin with, such as <c>pallet_balances</c>: clients know types by path.</param>
/// <param name="docs">What the comments of the pallet's class and its storage items say.</param>
public sealed class PalletShape(string name, byte index, string crate, ClassDocs docs)
{
    private readonly List<CallShape> _calls = [];
    private readonly List<EventShape> _events = [];
    private readonly List<StorageItem> _storage = [];
    private readonly List<ConstantShape> _constants = [];

    /// <summary>The name in metadata.</summary>
    public string Name { get; } = name;

    /// <summary>The first byte of the pallet's calls and events.</summary>
    public byte Index { get; } = index;

    /// <summary>What the paths of its enums begin with.</summary>
    public string Crate { get; } = crate;

    /// <summary>What the pallet is for, line by line.</summary>
    public IReadOnlyList<string> Docs => docs.Summary;

    /// <summary>The calls in the order of their indices.</summary>
    public IReadOnlyList<CallShape> Calls => _calls;

    /// <summary>The events in the order of their indices.</summary>
    public IReadOnlyList<EventShape> Events => _events;

    /// <summary>The storage items.</summary>
    public IReadOnlyList<StorageItem> Storage => _storage;

    /// <summary>The constants.</summary>
    public IReadOnlyList<ConstantShape> Constants => _constants;

    /// <summary>Adds the type of the errors and returns its id; null where the pallet has none.</summary>
    public Func<TypeRegistryBuilder, int>? DescribeErrors { get; private set; }

    /// <summary>The C# enum of the errors; null where the pallet has none.</summary>
    public Type? ErrorType { get; private set; }

    /// <summary>Lists a call.</summary>
    /// <param name="index">The byte after the pallet's index.</param>
    /// <param name="name">The name in metadata, where the record can't bear it.</param>
    public PalletShape Call<T>(byte index, string? name = null)
        where T : ICall<T>
    {
        RequireAscending(_calls.Count == 0 ? null : _calls[^1].Index, index);
        _calls.Add(new CallShape<T>(this, index, name));
        return this;
    }

    /// <summary>Lists an event.</summary>
    public PalletShape Event<T>(byte index)
        where T : IEvent<T>
    {
        RequireAscending(_events.Count == 0 ? null : _events[^1].Index, index);
        _events.Add(new EventShape<T>(this, index));
        return this;
    }

    /// <summary>Names the errors.</summary>
    /// <typeparam name="TCodec">The generated codec of the enum.</typeparam>
    /// <typeparam name="TError">The enum.</typeparam>
    public PalletShape Errors<TCodec, TError>()
        where TCodec : IScaleCodec<TError>
        where TError : struct, Enum
    {
        ErrorType = typeof(TError);
        DescribeErrors = TCodec.Describe;
        return this;
    }

    /// <summary>Lists storage items.</summary>
    public PalletShape Stores(params ReadOnlySpan<StorageItem> items)
    {
        foreach (StorageItem item in items)
        {
            if (item.Pallet != Name) throw new ArgumentException($"{item} belongs to another pallet than {Name}.", nameof(items));
            if (!docs.Fields.ContainsKey(item.Name)) throw new ArgumentException($"{item} is not what its field is called.", nameof(items));
            _storage.Add(item);
        }

        return this;
    }

    /// <summary>What a storage item of the pallet is for, line by line.</summary>
    public IReadOnlyList<string> DocsOf(StorageItem item) => docs.Fields[item.Name];

    /// <summary>Lists a constant.</summary>
    public PalletShape Constant<TCodec, T>(string name, in T value, string docs)
        where TCodec : IScaleCodec<T>
    {
        _constants.Add(new ConstantShape(name, Scale.Encode<TCodec, T>(value), TCodec.Describe, docs));
        return this;
    }

    private void RequireAscending(byte? before, byte index)
    {
        if (before >= index) throw new ArgumentException($"{Name} lists index {index} after {before}.", nameof(index));
    }
}
