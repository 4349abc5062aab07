using Phala.Contracts.Json;

namespace PriceOracle;

/// <summary>Asks several servers for a price and signs their median, with a key that nobody but this contract has.</summary>
[Contract]
public sealed partial class Oracle : Contract<OracleError>
{
    /// <summary>Prices are in units of 10⁻⁶.</summary>
    private const int Decimals = 6;

    /// <summary>Fewer sources than this say nothing.</summary>
    private const int FewestSources = 2;

    private const int MostSources = 5;
    private const ulong Patience = 5_000;

    private partial Value<AccountId> Owner { get; }

    private partial Vector<Source> Sources { get; }

    /// <summary>Begins without sources.</summary>
    [Constructor]
    public Oracle() => Owner.Set(Caller);

    /// <summary>Adds a source; the owner alone may.</summary>
    /// <param name="url">Where it is; <c>{symbol}</c> in it is replaced.</param>
    /// <param name="path">Where in its JSON the price is: names with dots between them.</param>
    [Command]
    public void AddSource(string url, string path)
    {
        Require(Caller == Owner.Get(), OracleError.NotTheOwner);
        Require(Sources.Count < MostSources, OracleError.TooManySources);
        Sources.Add(new Source(url, path));
    }

    /// <summary>The public key of Sr25519 with which answers are signed.</summary>
    [Query]
    public byte[] PublicKey(QueryContext context) => context.Keys.PublicKey(SignatureType.Sr25519, Secret(context));

    /// <summary>The median of what the sources say, in units of 10⁻⁶, signed.</summary>
    /// <param name="context">The way to the servers.</param>
    /// <param name="symbol">Of what the price is asked.</param>
    [Query(Fails = true)]
    public SignedPrice Price(QueryContext context, string symbol)
    {
        List<Balance> prices = Ask(context, symbol);
        Require(prices.Count >= FewestSources, OracleError.TooFewAnswers);
        Balance median = Median(prices);
        ulong time = context.Clock.UntrustedMilliseconds;
        byte[] statement = new JsonWriter().BeginObject().Name("symbol").Text(symbol).Name("price").Number(median).Name("time").Number(time).EndObject().ToArray();
        byte[] signature = context.Keys.Sign(SignatureType.Sr25519, Secret(context), statement);
        return new SignedPrice(median, (uint)prices.Count, statement, signature);
    }

    private static byte[] Secret(QueryContext context) => context.Keys.Derive([1]);

    private List<Balance> Ask(QueryContext context, string symbol)
    {
        HttpRequest[] requests = new HttpRequest[Sources.Count];
        for (int index = 0; index < requests.Length; index++) requests[index] = new HttpRequest("GET", Sources[index].Url.Replace("{symbol}", symbol));
        HttpResponse[] responses = context.Http.SendAll(requests, Patience);
        List<Balance> prices = new();
        for (int index = 0; index < responses.Length; index++)
        {
            if (responses[index].IsSuccess && TryRead(responses[index].Body, Sources[index].Path, out Balance price)) prices.Add(price);
        }

        return prices;
    }

    private static bool TryRead(byte[] body, string path, out Balance price)
    {
        price = 0;
        if (!JsonValue.TryParse(body, out JsonValue value)) return false;
        int start = 0;
        for (int end = 0; end <= path.Length; end++)
        {
            if (end < path.Length && path[end] != '.') continue;
            if (!value.TryGet(path.Substring(start, end - start), out value)) return false;
            start = end + 1;
        }

        return value.TryRead(Decimals, out price);
    }

    /// <summary>The middle one; of two, the mean.</summary>
    private static Balance Median(List<Balance> prices)
    {
        for (int index = 1; index < prices.Count; index++)
        {
            Balance price = prices[index];
            int at = index;
            for (; at > 0 && prices[at - 1] > price; at--) prices[at] = prices[at - 1];
            prices[at] = price;
        }

        int middle = prices.Count / 2;
        return prices.Count % 2 == 1 ? prices[middle] : (prices[middle - 1] + prices[middle]) / 2;
    }
}
