using Phala.Contracts;
using Phala.Contracts.Hosting;
using Phala.Contracts.Testing;
using Phala.Testing.Contracts;
using Xunit;

namespace Phala.Tests.Contracts;

/// <summary>Everything that a contract can take, store and return, through generated code and the reflecting encoder of the test cluster.</summary>
public sealed class ShapesTests
{
    private static readonly Note Whole = new("a title", "Grüße 🜂", ["one", "", "three"], new Point(-3, 1L << 40));
    private static readonly Note Bare = new("", null, [], null);

    public static TheoryData<TestMode> Modes => [TestMode.Direct, TestMode.Wasm];

    [Theory]
    [MemberData(nameof(Modes))]
    public void Arguments_and_results_of_every_kind_come_through(TestMode mode)
    {
        TestCluster net = new(mode);
        Deployed<Shapes> shapes = net.Deploy(() => new Shapes(5));
        Assert.Equal((false, (byte)0xfe, (sbyte)1, (ushort)0xfffc, (short)3, 0xfffffffau, 5), shapes.Query(each => each.Small(true, 1, -2, 3, -4, 5, -6)));
        Assert.Equal((ulong.MaxValue - 1, long.MaxValue, UInt128.MaxValue - 7, (Int128)6), shapes.Query(each => each.Large(1, long.MinValue, 7, -7)));
        foreach (string text in (string[])["", "a", new string('ä', 100), "🜂🜁🜃🜄", new string('x', 5000)]) Assert.Equal(text, shapes.Query(each => each.Echo(text)));
        Assert.Equal("\ufffd!", shapes.Query(each => each.Echo("\ud800!")));
        Assert.Equal([[3], [], [1, 2]], shapes.Query(each => each.Reverse(new byte[][] { new byte[] { 1, 2 }, Array.Empty<byte>(), new byte[] { 3 } })));
        Assert.Equal([Color.Red, Color.Green, Color.Blue, null], ((Color?[])[null, Color.Red, Color.Green, Color.Blue]).Select(color => shapes.Query(each => each.Next(color))));
        Hash hash = new(new byte[32]);
        (AccountId account, Hash digest, AccountId caller) = shapes.As(net.Bob).Query(each => each.Who(net.Charlie, hash));
        Assert.Equal((net.Charlie, net.Bob), (account, caller));
        Assert.Equal("0x89eb0d6a8a691dae2cd15ed0369931ce0a949ecafa5c3f93f8121833646e15c3", digest.ToString());
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public void What_is_stored_is_found_and_forgotten(TestMode mode)
    {
        TestCluster net = new(mode);
        Deployed<Shapes> shapes = net.Deploy(() => new Shapes(5));
        (Note last, string motto, Point? place, bool exists) = shapes.Query(each => each.Defaults());
        Assert.Equal(("", "", null, false), (last.Title, motto, place, exists));
        shapes.Send(each => each.Put("first", Whole));
        shapes.Send(each => each.Put("second", Bare));
        AssertSame(Whole, shapes.Query(each => each.Find("first")));
        AssertSame(Bare, shapes.Query(each => each.Find("second")));
        Assert.Null(shapes.Query(each => each.Find("third")));
        Assert.True(shapes.Send(each => each.Forget("first")));
        Assert.False(shapes.Send(each => each.Forget("first")));
        Assert.Null(shapes.Query(each => each.Find("first")));
        Assert.Equal(0, shapes.Send(each => each.Blob(Color.Blue, new byte[300])));

        shapes.Send(each => each.Push(new[] { new Point(1, 2), new Point(3, 4) }, "x"));
        shapes.Send(each => each.Push(new[] { new Point(5, 6) }, ""));
        Assert.Equal(new Point(5, 6), shapes.Send(each => each.Pop()));
        (Point[] points, string[] labels) = shapes.Query(each => each.Listed());
        Assert.Equal([new Point(1, 2), new Point(3, 4)], points);
        Assert.Equal(["x", ""], labels);
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public void Null_is_nothing_stored(TestMode mode)
    {
        TestCluster net = new(mode);
        Deployed<Shapes> shapes = net.Deploy(() => new Shapes(5));
        int empty = shapes.Storage.Count;
        Assert.Equal((null, null), shapes.Query(each => each.Named(7)));
        Assert.Equal((true, true), shapes.Send(each => each.Name(new Point(1, 2), 7, "")));
        Assert.Equal((new Point(1, 2), ""), shapes.Query(each => each.Named(7)));
        Assert.Equal(["00", "010000000200000000000000"], shapes.Storage.Select(entry => entry.Value).Except(["05000000"]).Order(StringComparer.Ordinal));
        Assert.Equal((true, false), shapes.Send(each => each.Name(new Point(3, 4), 7, null)));
        Assert.Equal((false, true), shapes.Send(each => each.Name(null, 7, "x")));
        Assert.Equal((null, "x"), shapes.Query(each => each.Named(7)));
        Assert.Equal((false, false), shapes.Send(each => each.Name(null, 7, null)));
        Assert.Equal(empty, shapes.Storage.Count);
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public void The_layout_of_what_is_stored_is_fixed(TestMode mode)
    {
        TestCluster net = new(mode);
        Deployed<Shapes> shapes = net.Deploy(() => new Shapes(5));
        shapes.Send(each => each.Put("n", Bare));
        shapes.Send(each => each.Push(new[] { new Point(1, 2) }, "x"));
        Assert.Equal(
            """
            02788517046e = 00000000
            0733f016 = 00000000
            2430a0f3 = 01000000
            2430a0f300000000 = 010000000200000000000000
            4695f415 = 01000000
            4695f41500000000 = 0478
            6169699a = 05000000
            """.ReplaceLineEndings("\n"),
            string.Join('\n', shapes.Storage.Select(entry => $"{entry.Key} = {entry.Value}")));
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public void Errors_and_messages_reach_the_caller_and_undo_the_call(TestMode mode)
    {
        TestCluster net = new(mode);
        Assert.Equal(ShapesError.TooLarge, Assert.Throws<ContractException>(() => net.Deploy(() => new Shapes(1000))).Error);
        Assert.Equal("Bring something.", Assert.Throws<ContractException>(() => net.Deploy(() => new Shapes())).Reason);
        Assert.Equal(30u, net.Deploy(() => new Shapes(), value: 30).Query(each => each.Count()));
        Deployed<Shapes> shapes = net.Deploy(() => new Shapes(990));
        IReadOnlyList<StoredEntry> before = shapes.Storage;
        Assert.Equal(ShapesError.TooLarge, Assert.Throws<ContractException>(() => shapes.Send(each => each.Add(10))).Error);
        Assert.Equal(999u, shapes.Send(each => each.Add(9)));
        shapes = net.Deploy(() => new Shapes(990));
        ContractException thrown = Assert.Throws<ContractException>(() => shapes.Send(each => each.Throw("No: ä")));
        Assert.Equal((CallStatus.Reverted, "No: ä"), (thrown.Status, thrown.Reason));
        Assert.Equal("This takes no tokens.", Assert.Throws<ContractException>(() => shapes.With(5).Send(each => each.Add(1))).Reason);
        Assert.Equal("There is no such element.", Assert.Throws<ContractException>(() => shapes.Send(each => each.Pop())).Reason);
        Assert.Equal("A key of a map is too long.", Assert.Throws<ContractException>(() => shapes.Query(each => each.Find(new string('x', 124)))).Reason);
        Assert.Equal(before, shapes.Storage);
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public void Faults_of_the_code_are_messages_too(TestMode mode)
    {
        TestCluster net = new(mode);
        Deployed<Shapes> shapes = net.Deploy(() => new Shapes(0));
        Assert.Equal(3, shapes.Query(each => each.Divide(7, 2)));
        string[] reasons =
        [
            Assert.Throws<ContractException>(() => shapes.Query(each => each.Divide(1, 0))).Reason!,
            Assert.Throws<ContractException>(() => shapes.Query(each => each.At(new byte[2], 2))).Reason!,
            Assert.Throws<ContractException>(() => shapes.Query(each => each.Narrow(256))).Reason!,
            Assert.Throws<ContractException>(() => shapes.Query(each => each.Length("nothing"))).Reason!,
        ];
        Assert.Equal(["division by zero", "index out of range", "overflow", "null reference"], reasons);
    }

    [Fact]
    public void Faults_of_the_library_have_one_message_in_both_modes()
    {
        TestCluster.InBothModes(net =>
        {
            Deployed<Shapes> shapes = net.Deploy(() => new Shapes(0));
            string[] reasons = [.. Enumerable.Range(0, 13).Select(what => Assert.Throws<ContractException>(() => shapes.Query(each => each.Misuse((byte)what))).Reason!)];
            Assert.Equal(["index out of range", "The given key was not present in the dictionary."], reasons[..2]);
            Assert.Equal(["The author's. (Parameter 'what')", "The input string 'x' is the author's."], reasons[^2..]);
        });
    }

    [Fact]
    public void Amounts_that_do_not_fit_end_the_call() => TestCluster.InBothModes(net =>
    {
        Deployed<Shapes> shapes = net.Deploy(() => new Shapes(0));
        Assert.Equal((UInt128)2, shapes.Query(each => each.Spend(5, 3)));
        Assert.Equal("overflow", Assert.Throws<ContractException>(() => shapes.Query(each => each.Spend(3, 5))).Reason);
    });

    [Fact]
    public void A_call_that_has_ended_is_not_ended_again_by_what_is_disposed() => TestCluster.InBothModes(net =>
    {
        Deployed<Shapes> shapes = net.Deploy(() => new Shapes(0));
        Assert.Equal(ShapesError.TooLarge, Assert.Throws<ContractException>(() => shapes.Query(each => each.FailInUse())).Error);
    });

    [Theory]
    [InlineData("bytes", "080707", true)]
    [InlineData("bytes", "09000707", false)]
    [InlineData("bytes", "0a0000000707", false)]
    [InlineData("bytes", "03020000000707", false)]
    [InlineData("bytes", "0c0707", false)]
    [InlineData("numbers", "080700000007000000", true)]
    [InlineData("numbers", "0c0700000007000000", false)]
    [InlineData("bool", "01", true)]
    [InlineData("bool", "02", false)]
    [InlineData("bool", "", false)]
    [InlineData("text", "08c3a4", true)]
    [InlineData("text", "08c0a4", false)]
    [InlineData("text", "0ceda080", false)]
    [InlineData("text", "04ff", false)]
    public void Bytes_that_are_no_encoding_end_the_call(string type, string encoded, bool isRead)
    {
        byte[] bytes = Convert.FromHexString(encoded);
        Decoder input = new(bytes, bytes.Length);
        Action read = type switch
        {
            "bytes" => () => Assert.Equal([7, 7], input.ReadBytes()),
            "numbers" => () => Assert.Equal(2, input.ReadCount(4)),
            "bool" => () => Assert.True(input.ReadBoolean()),
            _ => () => Assert.Equal("ä", input.ReadString()),
        };
        if (isRead) read();

        // What can't be read ends the call, and there is none here.
        else Assert.StartsWith("A contract's code runs as part of a call", Assert.Throws<InvalidOperationException>(read).Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public void Contracts_call_each_other_through_interfaces(TestMode mode)
    {
        TestCluster net = new(mode);
        Deployed<Shapes> first = net.Deploy(() => new Shapes(1)), second = net.Deploy(() => new Shapes(100));
        Assert.Equal(210u, first.Send(each => each.AddTo(second.Address, 5)));
        Assert.Equal((2u, 105u), (first.Query(each => each.Count()), second.Query(each => each.Count())));
        ContractException failed = Assert.Throws<ContractException>(() => first.Send(each => each.AddTo(second.Address, 5000)));
        Assert.Equal("A call of ICounter.Add failed.", failed.Reason);
        Assert.Equal("A call of ICounter.Add failed.", Assert.Throws<ContractException>(() => first.Send(each => each.AddTo(net.Bob, 1))).Reason);
        Assert.Equal((2u, 105u), (first.Query(each => each.Count()), second.Query(each => each.Count())));
        ContractException itself = Assert.Throws<ContractException>(() => first.Send(each => each.AddTo(first.Address, 1)));
        Assert.Equal(CallStatus.Trapped, itself.Status);
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public void Tokens_time_and_events_are_the_clusters(TestMode mode)
    {
        TestCluster net = new(mode);
        Deployed<Shapes> shapes = net.Deploy(() => new Shapes(0));
        Assert.Equal(40u, (uint)shapes.As(net.Bob).With(100).Send(each => each.Pay(net.Charlie, 60)));
        Assert.Equal((999_900u, 1_000_060u), ((uint)net.BalanceOf(net.Bob), (uint)net.BalanceOf(net.Charlie)));
        Assert.Equal(ShapesError.TooLarge, Assert.Throws<ContractException>(() => shapes.Send(each => each.Pay(net.Charlie, 41))).Error);
        Assert.Equal(CallStatus.TransferFailed, Assert.Throws<ContractException>(() => shapes.With(2_000_000).Send(each => each.Pay(net.Charlie, 1))).Status);
        net.Now = 1_800_000_000_000;
        Assert.Equal(1_800_000_000_000u, shapes.Query(each => each.When()).Now);
        shapes.Send(each => each.Add(1));
        shapes.Send(each => each.Put(new string('n', 40), Bare));
        EmittedEvent emitted = Assert.Single(net.Events);
        Assert.Equal(3, emitted.Topics.Count);
        Assert.Equal(net.Alice.ToString(), emitted.Topics[1].ToString());
        Assert.Equal(32 + 41 + 4, emitted.Data.Length);
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public void Queries_reach_outside_and_commands_do_not(TestMode mode)
    {
        TestCluster net = new(mode);
        Deployed<Shapes> shapes = net.Deploy(() => new Shapes(0));
        net.Http = request => request.Url == "https://prices.test/dot" ? TestResponse.Ok("""{"name": "dot", "price": 4.567}""") : new TestResponse(404, "");
        Assert.Equal((UInt128)456, shapes.Query(each => each.Price(Deployed<Shapes>.Context, "https://prices.test/dot")));
        Assert.Equal(ShapesError.Unexpected, Assert.Throws<ContractException>(() => shapes.Query(each => each.Price(Deployed<Shapes>.Context, "https://prices.test/ksm"))).Error);
        Assert.Equal("This is a query: commands can't do what it does.", Assert.Throws<ContractException>(() => shapes.Send(each => each.Price(Deployed<Shapes>.Context, "https://prices.test/dot"))).Reason);
        (byte[] key, byte[] signature, bool isGood) = shapes.Query(each => each.Signed(Deployed<Shapes>.Context, new byte[] { 5 }));
        Assert.Equal((32, 64, true), (key.Length, signature.Length, isGood));
        (uint drawn, ulong time, byte[] found) = shapes.Query(each => each.Outside(Deployed<Shapes>.Context, new byte[] { 9 }));
        Assert.True(drawn < 1_000_000);
        Assert.Equal(net.Now, time);
        Assert.Empty(found);
        Assert.Equal<byte>([9], shapes.Query(each => each.Outside(Deployed<Shapes>.Context, new byte[] { 8 })).Before);
    }

    private static void AssertSame(Note expected, Note? actual)
    {
        Assert.NotNull(actual);
        Assert.Equal((expected.Title, expected.Text, expected.At), (actual.Title, actual.Text, actual.At));
        Assert.Equal(expected.Tags, actual.Tags);
    }
}
