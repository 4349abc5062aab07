using System.Globalization;
using Phala.Runtime.Interface.Dispatch;
using Phala.Runtime.Interface.Shapes;
using Phala.Runtime.Interface.Transactions;

namespace Phala.Tests.Runtime.Model;

/// <summary>What a run has met: a test that met little says little.</summary>
internal sealed class Reach
{
    private readonly SortedDictionary<string, (int Good, int Bad)> _calls = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, int> _errors = new(StringComparer.Ordinal), _refusals = new(StringComparer.Ordinal), _events = new(StringComparer.Ordinal);

    public IEnumerable<string> Succeeded => _calls.Where(call => call.Value.Good > 0).Select(call => call.Key);

    public IEnumerable<string> Failed => _calls.Where(call => call.Value.Bad > 0).Select(call => call.Key);

    public IEnumerable<string> Errors => _errors.Keys;

    public IEnumerable<string> Refusals => _refusals.Keys;

    public IEnumerable<string> Events => _events.Keys;

    public static string NameOf(CallShape call) => $"{call.Pallet.Name}.{call.Name}";

    public void Note(CallShape call, DispatchError? error)
    {
        (int good, int bad) = _calls.GetValueOrDefault(NameOf(call));
        _calls[NameOf(call)] = error is null ? (good + 1, bad) : (good, bad + 1);
        if (error is { } why) Count(_errors, Name(why));
    }

    public void Note(TransactionValidityError refusal) => Count(_refusals, refusal.ToString());

    public void Note(EventShape happened) => Count(_events, $"{happened.Pallet.Name}.{happened.Name}");

    /// <summary>A pallet's error by its name.</summary>
    public static string Name(DispatchError error)
    {
        if (!error.TryGetModule(out byte pallet, out byte index)) return error.ToString();
        PalletShape shape = RuntimeShape.Pallets.Single(each => each.Index == pallet);
        return $"{shape.Name}.{Enum.GetName(shape.ErrorType!, index)}";
    }

    public override string ToString() => string.Join(
        '\n',
        _calls.Select(call => string.Create(CultureInfo.InvariantCulture, $"{call.Key}: {call.Value.Good} succeeded, {call.Value.Bad} failed"))
            .Concat(Lines("error", _errors)).Concat(Lines("refused", _refusals)).Concat(Lines("event", _events)));

    private static IEnumerable<string> Lines(string kind, SortedDictionary<string, int> counts) => counts.Select(each => string.Create(CultureInfo.InvariantCulture, $"{kind} {each.Key}: {each.Value}"));

    private static void Count(SortedDictionary<string, int> counts, string name) => counts[name] = counts.GetValueOrDefault(name) + 1;
}
