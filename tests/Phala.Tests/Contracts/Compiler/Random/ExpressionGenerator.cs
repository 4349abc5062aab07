using System.Globalization;

namespace Phala.Tests.Contracts.Compiler.Random;

/// <summary>Random methods over integers of all widths: expressions, conversions, assignments, loops, calls.</summary>
internal sealed class ExpressionGenerator(int seed)
{
    private static readonly string[] Types = ["int", "uint", "long", "ulong", "byte", "sbyte", "short", "ushort", "bool", "char", "UInt128", "Int128"];
    private static readonly string[] Numbers = ["int", "uint", "long", "ulong", "byte", "sbyte", "short", "ushort", "UInt128", "Int128"];

    // Deterministic, so that a failure can be repeated.
    private readonly System.Random _random = new(seed);
    private readonly List<(string Type, string Name)> _variables = [];

    /// <summary>One program: <c>static string Run(int a, long b)</c>.</summary>
    public string Program()
    {
        _variables.Clear();
        _variables.AddRange([("int", "a"), ("long", "b")]);
        List<string> lines = [];
        for (int i = 0; i < 4 + _random.Next(5); i++) lines.Add(Statement(i, 2));
        string result = string.Join(" + \" \" + ", _variables.Select(static variable => $"{variable.Name}.ToString()"));
        return $$"""
            public static string Run(int a, long b)
            {
                {{string.Join("\n    ", lines)}}
                return {{result}};
            }
            """;
    }

    private string Statement(int index, int depth)
    {
        int kind = depth == 0 ? 0 : _random.Next(8);
        string name = string.Create(CultureInfo.InvariantCulture, $"v{depth}_{index}_{_variables.Count}");
        switch (kind)
        {
            case 0 or 1 or 2 when depth == 2:
                string type = Pick(Types), value = Expression(type, 3);
                _variables.Add((type, name));
                return $"{type} {name} = {value};";
            case 3:
                return $"if ({Expression("bool", 2)}) {{ {Inner(index, depth)} }} else {{ {Inner(index + 10, depth)} }}";
            case 4:
                return $"for (int i{name} = 0; i{name} < {_random.Next(5)}; i{name}++) {{ {Inner(index, depth)} }}";
            case 5:
                return $"try {{ {Inner(index, depth)} }} finally {{ {Inner(index + 20, depth)} }}";
            default:
                (string target, string variable) = _variables[_random.Next(_variables.Count)];
                return $"{variable} = {Expression(target, 3)};";
        }
    }

    // Variables of inner blocks are not visible outside, so inner statements only assign.
    private string Inner(int index, int depth) => Statement(index, Math.Min(depth - 1, 1));

    private string Expression(string type, int depth)
    {
        if (depth == 0) return Leaf(type);
        if (type == "bool") return Truth(depth);
        int kind = _random.Next(10);
        string other = Pick(Numbers), mode = _random.Next(8) == 0 ? "checked" : "unchecked";
        if (kind < 2) return Leaf(type);
        if (kind == 2) return $"({Expression("bool", depth - 1)} ? {Expression(type, depth - 1)} : {Expression(type, depth - 1)})";
        if (kind == 3) return $"{mode}(({type})I_{other}({Expression(other, depth - 1)}))";
        if (kind == 4) return $"unchecked(({type})(({Expression(type, depth - 1)}) {Pick("<<", ">>", ">>>")} {_random.Next(-2, 140)}))";
        if (kind == 5) return $"unchecked(({type})({Pick("-", "~", "+")}(({SignedType(type)})({Expression(type, depth - 1)}))))";
        if (kind == 6) return $"M_{type}({Expression(type, depth - 1)}, {Expression("int", depth - 1)})";
        return $"{mode}(({type})(I_{type}({Expression(type, depth - 1)}) {Pick("+", "-", "*", "&", "|", "^", "/", "%", "+", "-")} I_{type}({Expression(type, depth - 1)})))";
    }

    private string Truth(int depth)
    {
        string type = Pick(Numbers);
        return _random.Next(5) switch
        {
            0 => $"!({Expression("bool", depth - 1)})",
            1 => $"({Expression("bool", depth - 1)} {Pick("&&", "||", "&", "|", "^", "==", "!=")} {Expression("bool", depth - 1)})",
            _ => $"(I_{type}({Expression(type, depth - 1)}) {Pick("<", "<=", ">", ">=", "==", "!=")} I_{type}({Expression(type, depth - 1)}))",
        };
    }

    private string Leaf(string type)
    {
        (string Type, string Name)[] same = [.. _variables.Where(variable => variable.Type == type)];
        if (same.Length > 0 && _random.Next(3) > 0) return same[_random.Next(same.Length)].Name;
        if (type == "bool") return Pick("true", "false");
        long number = _random.Next(4) switch { 0 => _random.Next(-3, 4), 1 => _random.Next(-200, 200), 2 => _random.NextInt64(), _ => 1L << _random.Next(64) };
        return string.Create(CultureInfo.InvariantCulture, $"unchecked(({type})({number}L))");
    }

    private static string SignedType(string type) => type switch { "ulong" => "long", "uint" => "int", _ => type };

    /// <summary>The methods that programs call: one small, one with a loop for each type.</summary>
    public static string Methods() => "global using static Methods;\npublic static class Methods {\n" + string.Join('\n', Types.Where(static type => type != "bool").Select(static type => $$"""
        // The C# compiler does not look through it, ours does: constants meet checks and divisions.
        public static {{type}} I_{{type}}({{type}} x) => x;

        public static {{type}} M_{{type}}({{type}} x, int n)
        {
            if ((n & 1) == 0) return unchecked(({{type}})(x + ({{type}})3));
            {{type}} r = x;
            for (int i = 0; i < (n & 7); i++) r = unchecked(({{type}})(r * ({{type}})3 + x));
            return r;
        }
        """)) + "\n}";

    private string Pick(params ReadOnlySpan<string> choices) => choices[_random.Next(choices.Length)];
}
