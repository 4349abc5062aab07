using System.Reflection;
using Phala.Contracts.Compiler;
using Xunit;

namespace Phala.Tests.Contracts.Compiler;

/// <summary>What ends a call says why, if anybody listens.</summary>
public sealed class MessageTests
{
    private const string Source = """
        public static class Program
        {
            [ContractExport("run")]
            public static int Run(int n)
            {
                Host.Note(n);
                int[] a = { 1, 2, 3 };
                object o = n;
                switch (n)
                {
                    case 0: throw new InvalidOperationException("because " + n);
                    case 1: return a[n + 2];
                    case 2: a = null; return a.Length;
                    case 3: return n / (n - 3);
                    case 4: return checked(int.MaxValue + n);
                    case 5: return ((string)o).Length;
                    case 6: throw new ArgumentException("bad", "amount");
                    case 7: return new int[n << 24].Length;
                    case 8: return new Dictionary<int, int>()[n];
                    case 9: return (int)Deep(n).A;
                    case 10: throw new Own(n);
                    case 11: throw Make();
                    case 12: o = new Plain(); return o.Equals(o) ? 1 : 0;
                    case 13: o = (Flags)n; return o.ToString().Length;
                    case 14: Span<byte> large = stackalloc byte[n << 27]; return large.Length;
                    default: return n;
                }
            }

            static Exception Make() => new FormatException();

            static Four Deep(int n) { Big t = default; Touch(ref t); return n == 0 ? t.A.A : Deep(n + (int)t.A.A.A); }

            static void Touch(ref Big t) { t.A.A.A++; if (t.A.A.A == -5) Touch(ref t); }
        }

        struct Plain { public int X; }

        [Flags] enum Flags { A = 1, B = 2 }

        struct Four { public long A, B, C, D; }

        struct Sixteen { public Four A, B, C, D; }

        struct Big { public Sixteen A, B, C; }

        class Own(int n) : Exception { public override string Message => $"own {n}"; }
        """;

    private static readonly Lazy<(WasmGuest Guest, MethodInfo Method)> Compiled = new(() =>
    {
        AssemblyInput input = CSharp.Compile("Messages", ("Prelude.cs", CSharp.Prelude), ("Messages.cs", Source));
        return (new WasmGuest(input, []), CSharp.Load(input).GetType("Program")!.GetMethod("Run")!);
    });

    [Theory]
    [InlineData(0, "because 0")]
    [InlineData(1, "index out of range")]
    [InlineData(2, "null reference")]
    [InlineData(3, "division by zero")]
    [InlineData(4, "overflow")]
    [InlineData(5, "invalid cast")]
    [InlineData(6, "bad (Parameter 'amount')")]
    [InlineData(7, "out of memory")]
    [InlineData(8, "The given key was not present in the dictionary.")]
    [InlineData(9, "stack overflow")]
    [InlineData(10, "own 10")]
    [InlineData(11, "One of the identified items was in an invalid format.")]
    [InlineData(12, "a struct has no Equals or GetHashCode of its own")]
    [InlineData(13, "names of flags are not available in contracts")]
    [InlineData(14, "out of memory")]
    public void TheHandlerIsToldTheMessage(int n, string message)
    {
        (WasmGuest guest, MethodInfo method) = Compiled.Value;
        Assert.Equal(Outcomes.Thrown, guest.Run("run", method, [Outcomes.Text(n)]));
        Assert.Equal(message, guest.Message);
        Assert.Equal([n], guest.Notes);
    }

    [Fact]
    public void WithoutAHandlerTheCallEndsAllTheSame()
    {
        string prelude = CSharp.Prelude.Replace("[RevertHandler]", "", StringComparison.Ordinal);
        AssemblyInput input = CSharp.Compile("Messages", ("Prelude.cs", prelude), ("Messages.cs", Source));
        WasmGuest guest = new(input, []);
        MethodInfo method = Compiled.Value.Method;
        for (int n = 0; n < 12; n++) Assert.Equal(Outcomes.Thrown, guest.Run("run", method, [Outcomes.Text(n)]));
        Assert.Equal("20", guest.Run("run", method, ["20"]));
        Assert.True(guest.Result.Module.Length < Compiled.Value.Guest.Result.Module.Length, "messages that nobody hears are in the module");
    }
}
