using System.Globalization;
using System.Text.Json.Nodes;
using Phala.Chain;
using Phala.Chain.Aura;
using Phala.Chain.Grandpa;
using Phala.Codec;
using Phala.Crypto.Keys;
using Phala.Runtime.Genesis;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Workers;

namespace Phala.Node.ChainSpecs;

/// <summary>The plain form of a genesis: accounts as addresses, amounts as decimal texts, keys in hexadecimal.</summary>
internal static class PlainGenesis
{
    /// <summary>Reads the form; null where something is wrong, which the reader remembers.</summary>
    public static GenesisConfig? Read(JsonReader reader)
    {
        List<(AccountId, SessionKeys)> validators = [];
        foreach (JsonNode? item in reader.List("validators"))
        {
            if (item is not JsonObject validator || !TryReadAccount(validator["account"], out AccountId account)
                || !TryReadKey(validator["aura"], out byte[] aura) || !TryReadKey(validator["grandpa"], out byte[] grandpa))
            {
                reader.Fail($"validators[{validators.Count}]", "has not an account (an address), aura and grandpa (32 bytes in hexadecimal)");
                return null;
            }

            validators.Add((account, new SessionKeys(new AuraAuthorityId(aura), new GrandpaAuthorityId(grandpa))));
        }

        List<(AccountId, UInt128)> balances = [];
        foreach (JsonNode? item in reader.List("balances"))
        {
            if (item is not JsonArray { Count: 2 } pair || !TryReadAccount(pair[0], out AccountId account) || !TryReadAmount(pair[1], out UInt128 amount))
            {
                reader.Fail($"balances[{balances.Count}]", "is no pair of an address and an amount (a text of decimal digits)");
                return null;
            }

            balances.Add((account, amount));
        }

        List<Measurement> measurements = [];
        foreach (string text in reader.Texts("allowedMeasurements"))
        {
            if (!Hex.TryParse(text, out byte[] bytes) || bytes.Length != Measurement.Size) reader.Fail($"allowedMeasurements[{measurements.Count}]", "is no measurement (32 bytes in hexadecimal)");
            else measurements.Add(new Measurement(bytes));
        }

        string? sudo = reader.OptionalText("sudo");
        AccountId sudoAccount = default;
        if (sudo is not null && !TryReadAccount(JsonValue.Create(sudo), out sudoAccount)) reader.Fail("sudo", "is no address");
        GenesisConfig config = new()
        {
            Validators = validators,
            Balances = balances,
            Sudo = sudo is null ? null : sudoAccount,
            AllowInsecureDev = reader.Flag("allowInsecureDev"),
            AllowedMeasurements = measurements,
            SlotDuration = reader.Number("slotDuration"),
            SessionLength = (uint)Math.Min(reader.Number("sessionLength"), uint.MaxValue),
            SpecVersion = (uint)Math.Min(reader.Number("specVersion"), uint.MaxValue),
        };
        return reader.HasFailed ? null : config;
    }

    /// <summary>Writes the form.</summary>
    public static JsonObject Write(GenesisConfig config) => new()
    {
        ["specVersion"] = config.SpecVersion,
        ["slotDuration"] = config.SlotDuration,
        ["sessionLength"] = config.SessionLength,
        ["sudo"] = config.Sudo is { } sudo ? Address(sudo) : null,
        ["allowInsecureDev"] = config.AllowInsecureDev,
        ["allowedMeasurements"] = new JsonArray([.. config.AllowedMeasurements.Select(measurement => JsonValue.Create(Hex.Format(measurement.AsSpan())))]),
        ["validators"] = new JsonArray([.. config.Validators.Select(validator => new JsonObject
        {
            ["account"] = Address(validator.Account),
            ["aura"] = Hex.Format(validator.Keys.Aura.AsSpan()),
            ["grandpa"] = Hex.Format(validator.Keys.Grandpa.AsSpan()),
        })]),
        ["balances"] = new JsonArray([.. config.Balances.Select(balance =>
            new JsonArray(Address(balance.Account), balance.Amount.ToString(CultureInfo.InvariantCulture)))]),
    };

    private static string Address(AccountId account) => Ss58.Encode(account.AsSpan(), FrameSystem.Ss58Prefix);

    private static bool TryReadAccount(JsonNode? node, out AccountId account)
    {
        account = default;
        if (node is not JsonValue value || !value.TryGetValue(out string? text)) return false;
        Span<byte> key = stackalloc byte[Ss58.MaxAccountLength];
        if (Ss58.TryDecode(text, key, out int length, out _) != Ss58Error.None || length != AccountId.Size) return false;
        account = new AccountId(key[..length]);
        return true;
    }

    private static bool TryReadKey(JsonNode? node, out byte[] key)
    {
        key = [];
        return node is JsonValue value && value.TryGetValue(out string? text) && Hex.TryParse(text, out key) && key.Length == 32;
    }

    private static bool TryReadAmount(JsonNode? node, out UInt128 amount)
    {
        amount = 0;
        return node is JsonValue value && value.TryGetValue(out string? text) && UInt128.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out amount);
    }
}
