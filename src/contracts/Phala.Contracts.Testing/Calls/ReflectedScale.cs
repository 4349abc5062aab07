using System.Buffers.Binary;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace Phala.Contracts.Testing.Calls;

/// <summary>SCALE by reflection over the types of contracts: a second implementation beside the generated code, which tests hold against it.</summary>
internal static class ReflectedScale
{
    private static readonly NullabilityInfoContext Nullability = new();

    /// <summary>Writes a value.</summary>
    internal static void Write(List<byte> output, object? value, TypeShape shape)
    {
        Type type = shape.Type;
        if (shape.IsOption)
        {
            output.Add(value is null ? (byte)0 : (byte)1);
            if (value is not null) Write(output, value, shape.Inside);
        }
        else if (value is string text)
        {
            Write(output, Encoding.UTF8.GetBytes(text));
        }
        else if (value is Array array)
        {
            WriteCompact(output, array.Length);
            foreach (object? item in array) Write(output, item, shape.Element);
        }
        else if (value is AccountId account)
        {
            output.AddRange(account.ToArray());
        }
        else if (value is Hash hash)
        {
            output.AddRange(hash.ToArray());
        }
        else if (type.IsEnum)
        {
            output.Add(Convert.ToByte(value, null));
        }
        else if (value is ITuple tuple && shape.IsTuple)
        {
            foreach ((int index, TypeShape part) in shape.Parts.Index()) Write(output, tuple[index], part);
        }
        else if (!TryWriteNumber(output, value))
        {
            foreach (PropertyInfo property in shape.Positions) Write(output, property.GetValue(value), new TypeShape(property.PropertyType, Nullability.Create(property)));
        }
    }

    /// <summary>Reads a value.</summary>
    internal static object? Read(ref ReadOnlySpan<byte> input, TypeShape shape)
    {
        Type type = shape.Type;
        if (shape.IsOption) return Take(ref input, 1)[0] == 0 ? null : Read(ref input, shape.Inside);
        if (type == typeof(string)) return Encoding.UTF8.GetString(Take(ref input, ReadCompact(ref input)));
        if (type == typeof(AccountId)) return new AccountId(Take(ref input, AccountId.Size).ToArray());
        if (type == typeof(Hash)) return new Hash(Take(ref input, Hash.Size).ToArray());
        if (type.IsEnum) return Enum.ToObject(type, Take(ref input, 1)[0]);
        if (type.IsArray)
        {
            Array array = Array.CreateInstance(type.GetElementType()!, ReadCompact(ref input));
            for (int index = 0; index < array.Length; index++) array.SetValue(Read(ref input, shape.Element), index);
            return array;
        }

        if (TryReadNumber(ref input, type, out object? number)) return number;
        List<object?> parts = [];
        if (shape.IsTuple)
        {
            foreach (TypeShape part in shape.Parts) parts.Add(Read(ref input, part));
        }
        else
        {
            foreach (PropertyInfo property in shape.Positions) parts.Add(Read(ref input, new TypeShape(property.PropertyType, Nullability.Create(property))));
        }

        return Activator.CreateInstance(type, [.. parts]);
    }

    /// <summary>Reads text.</summary>
    internal static string ReadText(ref ReadOnlySpan<byte> input) => Encoding.UTF8.GetString(Take(ref input, ReadCompact(ref input)));

    /// <summary>What is known of a parameter.</summary>
    internal static TypeShape ShapeOf(ParameterInfo parameter) => new(parameter.ParameterType, Nullability.Create(parameter));

    private static void Write(List<byte> output, byte[] bytes)
    {
        WriteCompact(output, bytes.Length);
        output.AddRange(bytes);
    }

    private static void WriteCompact(List<byte> output, int value)
    {
        if (value < 64) output.Add((byte)(value << 2));
        else if (value < 1 << 14) output.AddRange(BitConverter.GetBytes((ushort)((value << 2) | 1)));
        else output.AddRange(BitConverter.GetBytes(((uint)value << 2) | 2));
    }

    private static int ReadCompact(ref ReadOnlySpan<byte> input) => (input[0] & 3) switch
    {
        0 => Take(ref input, 1)[0] >> 2,
        1 => BinaryPrimitives.ReadUInt16LittleEndian(Take(ref input, 2)) >> 2,
        _ => (int)(BinaryPrimitives.ReadUInt32LittleEndian(Take(ref input, 4)) >> 2),
    };

    private static bool TryWriteNumber(List<byte> output, object? value)
    {
        byte[]? bytes = value switch
        {
            bool flag => [flag ? (byte)1 : (byte)0],
            byte number => [number],
            sbyte number => [(byte)number],
            ushort number => BitConverter.GetBytes(number),
            short number => BitConverter.GetBytes(number),
            uint number => BitConverter.GetBytes(number),
            int number => BitConverter.GetBytes(number),
            ulong number => BitConverter.GetBytes(number),
            long number => BitConverter.GetBytes(number),
            UInt128 number => BitConverter.GetBytes(number),
            Int128 number => BitConverter.GetBytes(number),
            _ => null,
        };
        if (bytes is not null) output.AddRange(bytes);
        return bytes is not null;
    }

    private static bool TryReadNumber(ref ReadOnlySpan<byte> input, Type type, out object? number)
    {
        number = Type.GetTypeCode(type) switch
        {
            TypeCode.Boolean => Take(ref input, 1)[0] != 0,
            TypeCode.Byte => Take(ref input, 1)[0],
            TypeCode.SByte => (sbyte)Take(ref input, 1)[0],
            TypeCode.UInt16 => BitConverter.ToUInt16(Take(ref input, 2)),
            TypeCode.Int16 => BitConverter.ToInt16(Take(ref input, 2)),
            TypeCode.UInt32 => BitConverter.ToUInt32(Take(ref input, 4)),
            TypeCode.Int32 => BitConverter.ToInt32(Take(ref input, 4)),
            TypeCode.UInt64 => BitConverter.ToUInt64(Take(ref input, 8)),
            TypeCode.Int64 => BitConverter.ToInt64(Take(ref input, 8)),
            _ when type == typeof(UInt128) => BitConverter.ToUInt128(Take(ref input, 16)),
            _ when type == typeof(Int128) => BitConverter.ToInt128(Take(ref input, 16)),
            _ => null,
        };
        return number is not null;
    }

    private static ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> input, int count)
    {
        ReadOnlySpan<byte> taken = input[..count];
        input = input[count..];
        return taken;
    }
}
