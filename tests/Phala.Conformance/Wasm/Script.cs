using System.Globalization;
using System.Text.Json;
using Phala.Wasm;

namespace Phala.Conformance.Wasm;

/// <summary>Runs one converted script: modules, actions and assertions in their order, in one store.</summary>
internal sealed class Script : IDisposable
{
    private static readonly ResourceLimits Limits = new() { MemoryPages = 16_384, TableElements = 1 << 20, BranchTableLabels = 32_768 };

    private readonly string _name;
    private readonly string _folder;
    private readonly ModuleSettings _settings;
    private readonly Store _store = new(Limits);
    private readonly Imports _imports = new();
    private readonly Dictionary<string, Instance> _named = new(StringComparer.Ordinal);
    private readonly Dictionary<string, object> _externals = new(StringComparer.Ordinal);
    private readonly ScriptReport _report = new();
    private Instance? _current;

    private Script(string name, string folder, bool optimize)
    {
        _name = name;
        _folder = folder;
        _settings = new ModuleSettings { Limits = Limits, Optimize = optimize };
        _store.AddFuel(1L << 36);
        SpecTestModule.AddTo(_imports, _store);
    }

    public static ScriptReport Run(string name, string json, bool optimize)
    {
        using Script script = new(name, Path.GetDirectoryName(json)!, optimize);
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(json));
        foreach (JsonElement command in document.RootElement.GetProperty("commands").EnumerateArray()) script.RunCommand(command);
        return script._report;
    }

    public void Dispose() => _store.Dispose();

    private void RunCommand(JsonElement command)
    {
        int line = command.GetProperty("line").GetInt32();
        string type = command.GetProperty("type").GetString()!;
        if (Exclusions.Contains(_name, line))
        {
            _report.Excluded.Add(string.Create(CultureInfo.InvariantCulture, $"{_name}:{line}"));
            return;
        }

        if (command.TryGetProperty("module_type", out JsonElement form) && form.GetString() == "text")
        {
            _report.TextOnly++;
            return;
        }

        string? failure;
        try
        {
            failure = Execute(type, command);
        }
        catch (Exception exception)
        {
            failure = exception.ToString();
        }

        if (failure is null) _report.Passed++;
        else _report.Failures.Add(string.Create(CultureInfo.InvariantCulture, $"{_name}:{line} {type}: {failure}"));
    }

    private string? Execute(string type, JsonElement command) => type switch
    {
        "module" => LoadModule(command),
        "register" => Register(command),
        "action" => Act(command, out _) is { IsCompleted: false } result ? result.ToString() : null,
        "assert_return" => CheckReturn(command),
        "assert_trap" => CheckTrap(Act(command, out _), command),
        "assert_exhaustion" => Act(command, out _) is { Trap: TrapKind.StackExhausted } ? null : "the stack was not exhausted",
        "assert_malformed" or "assert_invalid" => CheckRefused(type, command),
        "assert_unlinkable" => Instantiate(command, out InstantiationResult unlinked) ?? (unlinked.Link == LinkError.None ? "was linked" : null),
        "assert_uninstantiable" => Instantiate(command, out InstantiationResult stopped) ?? CheckTrap(stopped.Run, command),
        _ => "unknown command",
    };

    private byte[] Read(JsonElement command) => File.ReadAllBytes(Path.Combine(_folder, command.GetProperty("filename").GetString()!));

    private string? Instantiate(JsonElement command, out InstantiationResult result)
    {
        result = default;
        if (!Module.TryLoad(Read(command), _settings, out Module? module, out ModuleError error)) return $"not loaded: {error}";
        result = module!.Instantiate(_store, _imports);
        return null;
    }

    private string? LoadModule(JsonElement command)
    {
        if (Instantiate(command, out InstantiationResult result) is { } failure) return failure;
        if (result.Instance is null) return result.ToString();
        _current = result.Instance;
        if (command.TryGetProperty("name", out JsonElement name)) _named[name.GetString()!] = result.Instance;
        return null;
    }

    private string? Register(JsonElement command)
    {
        _imports.Add(command.GetProperty("as").GetString()!, Find(command));
        return null;
    }

    private Instance Find(JsonElement element) =>
        (element.TryGetProperty("name", out JsonElement name) || element.TryGetProperty("module", out name)) ? _named[name.GetString()!] : _current!;

    private CallResult Act(JsonElement command, out Value[] results)
    {
        JsonElement action = command.GetProperty("action");
        Instance instance = action.TryGetProperty("module", out JsonElement name) ? _named[name.GetString()!] : _current!;
        string field = action.GetProperty("field").GetString()!;
        if (action.GetProperty("type").GetString() == "get")
        {
            if (!instance.TryGetGlobal(field, out Global? global)) throw new InvalidOperationException($"no global {field}");
            results = [global!.Value];
            return default;
        }

        if (!instance.TryGetFunction(field, out Function? function)) throw new InvalidOperationException($"no function {field}");
        Value[] arguments = [.. action.GetProperty("args").EnumerateArray().Select(value => ScriptValue.Parse(value, External))];
        results = new Value[function!.Type.Results.Length];
        return function.Call(arguments, results);
    }

    private object External(string text)
    {
        if (!_externals.TryGetValue(text, out object? target)) _externals[text] = target = text;
        return target;
    }

    private string? CheckReturn(JsonElement command)
    {
        CallResult result = Act(command, out Value[] actual);
        if (!result.IsCompleted) return result.ToString();
        JsonElement[] expected = [.. command.GetProperty("expected").EnumerateArray()];
        if (expected.Length != actual.Length) return $"{actual.Length} results";
        for (int i = 0; i < expected.Length; i++)
        {
            if (!ScriptValue.Matches(expected[i], actual[i], External)) return $"result {i} is {actual[i]}, not {expected[i]}";
        }

        return null;
    }

    private static string? CheckTrap(CallResult result, JsonElement command)
    {
        string text = command.GetProperty("text").GetString()!;
        TrapKind expected = text switch
        {
            "integer divide by zero" => TrapKind.DivisionByZero,
            "integer overflow" => TrapKind.IntegerOverflow,
            "invalid conversion to integer" => TrapKind.InvalidConversion,
            "out of bounds memory access" => TrapKind.MemoryOutOfBounds,
            "out of bounds table access" => TrapKind.TableOutOfBounds,
            "undefined element" => TrapKind.UndefinedElement,
            "indirect call type mismatch" or "indirect call" => TrapKind.IndirectCallTypeMismatch,
            "unreachable" => TrapKind.Unreachable,
            _ when text.StartsWith("uninitialized", StringComparison.Ordinal) => TrapKind.UninitializedElement,
            _ => throw new NotSupportedException(text),
        };
        return result.Outcome == CallOutcome.Trapped && result.Trap == expected ? null : $"{result} instead of {text}";
    }

    /// <summary>A malformed or invalid module must be refused; a proposal's name or a limit as reason counts where the module uses such.</summary>
    private string? CheckRefused(string type, JsonElement command)
    {
        if (Module.TryLoad(Read(command), _settings, out _, out ModuleError error)) return $"accepted, should be: {command.GetProperty("text").GetString()}";
        bool right = type == "assert_malformed" ? error.IsMalformed() : error.IsInvalid();
        return right || error.IsUnsupported() || error.IsLimit() ? null : $"{error}, should be: {command.GetProperty("text").GetString()}";
    }
}
