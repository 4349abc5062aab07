using System.Globalization;
using System.Text.Json;
using Phala.Wasm;
using Phala.Wasm.Binary;

namespace Phala.Conformance.Wasm;

/// <summary>Arguments and expected results as the scripts write them.</summary>
internal static class ScriptValue
{
    public static Value Parse(JsonElement element, Func<string, object> externals)
    {
        string text = element.GetProperty("value").GetString()!;
        return element.GetProperty("type").GetString() switch
        {
            "i32" => Value.Of(ValueKind.I32, ulong.Parse(text, CultureInfo.InvariantCulture)),
            "i64" => Value.Of(ValueKind.I64, ulong.Parse(text, CultureInfo.InvariantCulture)),
            "f32" => Value.Of(ValueKind.F32, ulong.Parse(text, CultureInfo.InvariantCulture)),
            "f64" => Value.Of(ValueKind.F64, ulong.Parse(text, CultureInfo.InvariantCulture)),
            "externref" => Value.OfExternal(text == "null" ? null : externals(text)),
            "funcref" when text == "null" => Value.OfFunction(null),
            var other => throw new NotSupportedException(other),
        };
    }

    /// <summary>Whether a result is the expected one; NaNs must be canonical wherever any arithmetic NaN is allowed, since the engine promises it.</summary>
    public static bool Matches(JsonElement expected, Value actual, Func<string, object> externals)
    {
        string? text = expected.TryGetProperty("value", out JsonElement value) ? value.GetString() : null;
        return (expected.GetProperty("type").GetString(), text) switch
        {
            ("f32", "nan:canonical" or "nan:arithmetic") => actual.Kind == ValueKind.F32 && actual.Bits == 0x7FC00000,
            ("f64", "nan:canonical" or "nan:arithmetic") => actual.Kind == ValueKind.F64 && actual.Bits == 0x7FF8000000000000,
            ("funcref", null) => actual.Kind == ValueKind.FuncRef && actual.Reference is not null,
            ("externref", null) => actual.Kind == ValueKind.ExternRef && actual.Reference is not null,
            _ => Parse(expected, externals) == actual,
        };
    }
}
