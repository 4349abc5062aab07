using System.Globalization;
using System.Reflection;

namespace Phala.Tests.Contracts.Compiler;

/// <summary>Results as text, so that they can be compared.</summary>
internal static class Outcomes
{
    /// <summary>What stands for a call that ended with an exception.</summary>
    public const string Thrown = "throws";

    public static object Argument(Type type, string text)
    {
        if (type == typeof(bool)) return text == "true";
        if (type == typeof(char)) return text[0];
        return ((IConvertible)text).ToType(type, CultureInfo.InvariantCulture);
    }

    public static object[] Arguments(MethodInfo method, string[] input) =>
        [.. method.GetParameters().Select((parameter, i) => Argument(parameter.ParameterType, input[i]))];

    public static string OfDotNet(MethodInfo method, string[] input)
    {
        try
        {
            return Text(method.Invoke(null, Arguments(method, input)));
        }
        catch (TargetInvocationException)
        {
            return Thrown;
        }
    }

    public static string Text(object? value) => value switch
    {
        null => "null",
        bool truth => truth ? "true" : "false",
        char unit => ((int)unit).ToString(CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };
}
