using System.Collections.Immutable;
using System.Xml;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;

namespace Phala.Codec.Generator.Reading;

/// <summary>Takes the documentation of metadata from <c>///</c> comments.</summary>
internal static class Documentation
{
    /// <summary>The lines of a symbol's summary.</summary>
    internal static ImmutableArray<string> Summary(ISymbol symbol) => Lines(Parse(symbol)?.Element("summary"));

    /// <summary>The lines about a parameter of a positional record.</summary>
    internal static ImmutableArray<string> Parameter(ISymbol type, string name) =>
        Lines(Parse(type)?.Elements("param").FirstOrDefault(element => element.Attribute("name")?.Value == name));

    private static XElement? Parse(ISymbol symbol)
    {
        string? xml = symbol.GetDocumentationCommentXml();
        if (string.IsNullOrWhiteSpace(xml)) return null;
        try
        {
            return XElement.Parse(xml);
        }
        catch (XmlException)
        {
            return null; // The compiler itself warns of malformed comments.
        }
    }

    private static ImmutableArray<string> Lines(XElement? element) =>
        element is null
            ? []
            : [.. Text(element).Split('\n').Select(static line => line.Trim()).SkipWhile(static line => line.Length == 0).Reverse()
                .SkipWhile(static line => line.Length == 0).Reverse()];

    private static string Text(XElement element) => string.Concat(element.Nodes().Select(static node => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "para" } paragraph => $"\n{Text(paragraph)}\n",
        XElement inner when Target(inner) is { } target => target.Substring(target.LastIndexOfAny(['.', ':']) + 1),
        XElement inner => Text(inner),
        _ => "",
    }));

    private static string? Target(XElement element) =>
        !element.IsEmpty ? null : (element.Attribute("cref") ?? element.Attribute("name") ?? element.Attribute("langword"))?.Value;
}
