using System.Globalization;
using System.Text.Json;
using Phala.Codec;

namespace Phala.Client.Contracts.Ink;

/// <summary>A value of a JSON document that knows its way from the beginning. The first thing that is wrong anywhere in the document is kept for all of it.</summary>
internal sealed class JsonPlace
{
    private readonly JsonPlace _root;
    private readonly JsonPlace? _parent;
    private readonly string? _name;
    private readonly int _index;
    private ContractFileFault? _fault;

    internal JsonPlace(JsonElement element)
    {
        _root = this;
        Element = element;
    }

    private JsonPlace(JsonPlace parent, JsonElement element, string? name, int index) => (_root, _parent, Element, _name, _index) = (parent._root, parent, element, name, index);

    internal JsonElement Element { get; }

    /// <summary>What was wrong first in the document; null where nothing was.</summary>
    internal ContractFileFault? Fault => _root._fault;

    /// <summary>The way from the beginning.</summary>
    private string Path
    {
        get
        {
            if (_parent is null) return "";
            string before = _parent.Path;
            if (_name is null) return string.Create(CultureInfo.InvariantCulture, $"{before}[{_index}]");
            return before.Length == 0 ? _name : $"{before}.{_name}";
        }
    }

    /// <summary>Says what is wrong here.</summary>
    /// <returns>False.</returns>
    internal bool Fail(ContractFileError error)
    {
        _root._fault ??= new ContractFileFault(error, Path);
        return false;
    }

    /// <summary>A member that may not be there; null is as if it were not.</summary>
    internal JsonPlace? Find(string name) =>
        Element.ValueKind == JsonValueKind.Object && Element.TryGetProperty(name, out JsonElement member) && member.ValueKind != JsonValueKind.Null ? new JsonPlace(this, member, name, 0) : null;

    /// <summary>A member that must be there.</summary>
    internal bool TryMember(string name, out JsonPlace member)
    {
        member = Find(name) ?? this;
        if (member != this) return true;
        return Element.ValueKind == JsonValueKind.Object ? new JsonPlace(this, Element, name, 0).Fail(ContractFileError.Missing) : Fail(ContractFileError.WrongKind);
    }

    /// <summary>The elements of a list.</summary>
    internal bool TryItems(out List<JsonPlace> items)
    {
        items = [];
        if (Element.ValueKind != JsonValueKind.Array) return Fail(ContractFileError.WrongKind);
        foreach (JsonElement item in Element.EnumerateArray()) items.Add(new JsonPlace(this, item, null, items.Count));
        return true;
    }

    /// <summary>The elements of a list that may be left out.</summary>
    internal bool TryItems(string name, out List<JsonPlace> items)
    {
        items = [];
        return Find(name) is not { } list || list.TryItems(out items);
    }

    internal bool TryText(out string text)
    {
        text = Element.ValueKind == JsonValueKind.String ? Element.GetString()! : "";
        return Element.ValueKind == JsonValueKind.String || Fail(ContractFileError.WrongKind);
    }

    /// <summary>A truth value that may be left out: it is false then.</summary>
    internal bool TryFlag(string name, out bool value)
    {
        JsonPlace? place = Find(name);
        value = place?.Element.ValueKind == JsonValueKind.True;
        return place is null || place.Element.ValueKind is JsonValueKind.True or JsonValueKind.False || place.Fail(ContractFileError.WrongKind);
    }

    internal bool TryNumber(uint most, out uint number)
    {
        number = 0;
        if (Element.ValueKind != JsonValueKind.Number) return Fail(ContractFileError.WrongKind);
        return (Element.TryGetUInt32(out number) && number <= most) || Fail(ContractFileError.BadNumber);
    }

    /// <summary>Bytes in hexadecimal, as many as there should be; null for any number.</summary>
    internal bool TryBytes(int? length, out byte[] bytes)
    {
        bytes = [];
        if (!TryText(out string text)) return false;
        return (Hex.TryParse(text, out bytes) && (length is null || bytes.Length == length)) || Fail(ContractFileError.BadBytes);
    }
}
