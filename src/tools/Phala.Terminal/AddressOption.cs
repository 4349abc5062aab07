using System.CommandLine;
using System.CommandLine.Parsing;

namespace Phala.Terminal;

/// <summary>Options that are addresses of servers.</summary>
public static class AddressOption
{
    /// <summary>One address.</summary>
    /// <param name="name">The option's name.</param>
    /// <param name="description">What it is for.</param>
    /// <param name="fallback">The address where none is given; its scheme, and the same with TLS, are the ones that may be given.</param>
    /// <param name="aliases">Other names of the option.</param>
    public static Option<Uri> One(string name, string description, string fallback, params string[] aliases) => new(name, aliases)
    {
        Description = description,
        DefaultValueFactory = _ => new Uri(fallback),
        CustomParser = result => Read(result, fallback) is { Length: 1 } read ? read[0] : null,
    };

    /// <summary>Any number of addresses.</summary>
    /// <param name="name">The option's name.</param>
    /// <param name="description">What it is for.</param>
    /// <param name="example">An address of the kind.</param>
    public static Option<Uri[]> Many(string name, string description, string example) => new(name)
    {
        Description = description,
        DefaultValueFactory = _ => [],
        CustomParser = result => Read(result, example),
    };

    private static Uri[] Read(ArgumentResult result, string example)
    {
        string scheme = new Uri(example).Scheme;
        List<Uri> read = [];
        foreach (Token token in result.Tokens)
        {
            if (Uri.TryCreate(token.Value, UriKind.Absolute, out Uri? address) && (address.Scheme == scheme || address.Scheme == scheme + "s")) read.Add(address);
            else result.AddError($"{token.Value} is no address such as {example}.");
        }

        return [.. read];
    }
}
