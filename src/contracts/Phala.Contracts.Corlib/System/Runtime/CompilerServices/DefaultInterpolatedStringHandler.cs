using System.Text;

namespace System.Runtime.CompilerServices;

/// <summary>What the C# compiler makes of interpolated strings.</summary>
public ref struct DefaultInterpolatedStringHandler
{
    private readonly StringBuilder _builder;

    public DefaultInterpolatedStringHandler(int literalLength, int formattedCount) => _builder = new StringBuilder(literalLength + 8 * formattedCount);

    public DefaultInterpolatedStringHandler(int literalLength, int formattedCount, IFormatProvider provider) => _builder = new StringBuilder(literalLength + 8 * formattedCount);

    public void AppendLiteral(string value) => _builder.Append(value);

    public void AppendFormatted<T>(T value) => _builder.Append(Formatting.ToText(value, null));

    public void AppendFormatted<T>(T value, string format) => _builder.Append(Formatting.ToText(value, format));

    public void AppendFormatted<T>(T value, int alignment) => _builder.Append(Formatting.Align(Formatting.ToText(value, null), alignment));

    public void AppendFormatted<T>(T value, int alignment, string format) => _builder.Append(Formatting.Align(Formatting.ToText(value, format), alignment));

    public void AppendFormatted(ReadOnlySpan<char> value) => _builder.Append(value);

    public void AppendFormatted(ReadOnlySpan<char> value, int alignment = 0, string format = null) => _builder.Append(Formatting.Align(value.ToString(), alignment));

    public void AppendFormatted(string value) => _builder.Append(value);

    public void AppendFormatted(string value, int alignment = 0, string format = null) => _builder.Append(Formatting.Align(value ?? "", alignment));

    public void AppendFormatted(object value, int alignment = 0, string format = null) => _builder.Append(Formatting.Align(Formatting.ToText(value, format), alignment));

    public override string ToString() => _builder.ToString();

    public string ToStringAndClear() => _builder.ToString();
}
