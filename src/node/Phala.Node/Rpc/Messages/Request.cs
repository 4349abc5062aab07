namespace Phala.Node.Rpc.Messages;

/// <summary>
/// One request of JSON-RPC 2.0, as places in the message: nothing is copied. Unknown members are ignored, a member given twice makes the request invalid.
/// Trust: a parsed request's identifier and parameters are valid JSON; the method may be anything.
/// </summary>
internal readonly struct Request
{
    private Request(Slice id, Slice method, Slice parameters)
    {
        Id = id;
        Method = method;
        Parameters = parameters;
    }

    /// <summary>The identifier as it stands in the message: a number, a string with its quotes, or null. Empty for a notification.</summary>
    public Slice Id { get; }

    /// <summary>The method's name as it stands between the quotes.</summary>
    public Slice Method { get; }

    /// <summary>The parameters, an array or an object; empty where they are absent or null.</summary>
    public Slice Parameters { get; }

    /// <summary>Whether the caller wants no answer.</summary>
    public bool IsNotification => Id.Length == 0;

    /// <summary>Reads the whole text as one request. After an error the identifier is still told where it could be read.</summary>
    public static RequestError Parse(ReadOnlySpan<byte> text, out Request request)
    {
        JsonScanner scanner = new(text);
        Members members = default;
        bool isJson = scanner.Peek() == (byte)'{' ? members.TryRead(text, ref scanner) : scanner.TrySkipValue();
        if (!isJson || !scanner.AtEnd())
        {
            request = default;
            return RequestError.NotJson;
        }

        request = new Request(members.Id, members.Method, members.Parameters);
        return members.IsRequest ? RequestError.None : RequestError.NotRequest;
    }

    // What was found of the object so far.
    private ref struct Members
    {
        private bool _isOdd, _hasVersion, _hasMethod, _hasParameters;

        public Slice Id { get; private set; }

        public Slice Method { get; private set; }

        public Slice Parameters { get; private set; }

        public readonly bool IsRequest => _hasVersion && _hasMethod && !_isOdd;

        public bool TryRead(ReadOnlySpan<byte> text, ref JsonScanner scanner)
        {
            scanner.Position++;
            if (scanner.TrySkip((byte)'}')) return true;
            do
            {
                if (!scanner.TryReadString(out ReadOnlySpan<byte> name) || !scanner.TrySkip((byte)':')) return false;
                byte first = scanner.Peek();
                int start = scanner.Position;
                if (!scanner.TrySkipInnerValue()) return false;
                Take(name, first, text, new Slice(start, scanner.Position - start));
            }
            while (scanner.TrySkip((byte)','));

            return scanner.TrySkip((byte)'}');
        }

        private void Take(ReadOnlySpan<byte> name, byte first, ReadOnlySpan<byte> text, Slice value)
        {
            if (name.SequenceEqual("jsonrpc"u8))
            {
                _isOdd |= _hasVersion || !value.Of(text).SequenceEqual("\"2.0\""u8);
                _hasVersion = true;
            }
            else if (name.SequenceEqual("id"u8))
            {
                bool isId = first is not ((byte)'{' or (byte)'[' or (byte)'t' or (byte)'f');
                _isOdd |= Id.Length > 0 || !isId;
                if (isId) Id = value;
            }
            else if (name.SequenceEqual("method"u8))
            {
                bool isName = first == (byte)'"';
                _isOdd |= _hasMethod || !isName;
                _hasMethod = true;
                if (isName) Method = new Slice(value.Start + 1, value.Length - 2);
            }
            else if (name.SequenceEqual("params"u8))
            {
                _isOdd |= _hasParameters || first is not ((byte)'[' or (byte)'{' or (byte)'n');
                _hasParameters = true;
                if (first is (byte)'[' or (byte)'{') Parameters = value;
            }
        }
    }
}
