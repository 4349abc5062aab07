using Phala.Chain;
using Phala.Codec;
using Phala.Node.Blocks;
using Phala.Node.Storage;
using Phala.Tests.Node.Host;
using Phala.Tests.Node.Storage;
using Xunit;

namespace Phala.Tests.Node.Blocks;

/// <summary>Blocks out of one chain and into another, by files as Substrate's nodes write them.</summary>
public sealed class BlockFileTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private string Source => Path.Combine(_directory.Path, "source");

    private string Copy => Path.Combine(_directory.Path, "copy");

    private string Blocks => Path.Combine(_directory.Path, "blocks");

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void WhatIsExportedIsImportedWithItsFinality(bool isBinary)
    {
        DevChain.Make(Source, 7);
        string[] form = isBinary ? ["--binary"] : [];
        Assert.Equal((0, ""), Strip(CommandRun.Run(["export-blocks", Blocks, "-d", Source, .. form])));
        (int code, string output, string error) = CommandRun.Run(["import-blocks", Blocks, "-d", Copy, .. form]);
        Assert.Equal((0, ""), (code, error));
        Assert.StartsWith("Imported 7 blocks, 0 were known. Best: #7 ", output, StringComparison.Ordinal);
        using ChainStore source = DevChain.Open(Source), copy = DevChain.Open(Copy);
        Assert.Equal(source.Best, copy.Best);
        Assert.Equal(6u, copy.Finalized.Number);
        Assert.Equal(source.Finalized, copy.Finalized);
        Assert.Empty(copy.Check());
    }

    [Fact]
    public void KnownBlocksArePassedOver()
    {
        DevChain.Make(Source, 6);
        CommandRun.Run("export-blocks", Blocks, "-d", Source, "--binary", "--to", "4");
        Assert.Equal(0, CommandRun.Run("import-blocks", Blocks, "-d", Copy, "--binary").Code);
        CommandRun.Run("export-blocks", Blocks, "-d", Source, "--binary", "--from", "3");
        (int code, string output, _) = CommandRun.Run("import-blocks", Blocks, "-d", Copy, "--binary");
        Assert.Equal(0, code);
        Assert.StartsWith("Imported 2 blocks, 2 were known. Best: #6 ", output, StringComparison.Ordinal);
    }

    [Fact]
    public void TheBinaryFormIsSubstrates()
    {
        DevChain.Make(Source, 2);
        CommandRun.Run("export-blocks", Blocks, "-d", Source, "--binary");
        byte[] bytes = File.ReadAllBytes(Blocks);
        Assert.Equal(new byte[] { 2, 0, 0, 0, 0, 0, 0, 0 }, bytes[..8]);
        ScaleReader reader = new(bytes.AsSpan(8));
        Assert.True(SignedBlock.TryDecode(ref reader, out SignedBlock first));
        Assert.True(SignedBlock.TryDecode(ref reader, out SignedBlock second));
        Assert.True(reader.TryFinish());
        Assert.Equal(first.Block.Header.Hash(), second.Block.Header.ParentHash);
        Assert.Null(first.Justifications);
    }

    [Fact]
    public void TheRangeIsChecked()
    {
        DevChain.Make(Source, 2);
        Assert.Contains("the chain ends at block 2, before --to 9", CommandRun.Run("export-blocks", Blocks, "-d", Source, "--to", "9").Error, StringComparison.Ordinal);
        Assert.Contains("no blocks from 2 to 1", CommandRun.Run("export-blocks", Blocks, "-d", Source, "--from", "2", "--to", "1").Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Blocks));
        Assert.Equal(1, CommandRun.Run("export-blocks", Path.Combine(_directory.Path, "no", "such"), "-d", Source).Code);
    }

    [Fact]
    public void ATamperedBlockIsRefusedByPlaceAndNumberAndThoseBeforeItStay()
    {
        DevChain.Make(Source, 5, finalizeEvery: 100);
        List<SignedBlock> blocks = Export(Source);
        SignedBlock bad = blocks[3];
        blocks[3] = bad with { Block = bad.Block with { Header = bad.Block.Header with { StateRoot = default } } };
        Write(blocks);
        (int code, string output, string error) = CommandRun.Run("import-blocks", Blocks, "-d", Copy, "--binary");
        Assert.Equal(1, code);
        Assert.Contains("error: block 4 of the file, #4 (", error, StringComparison.Ordinal);
        Assert.Contains("bad seal", error, StringComparison.Ordinal);
        Assert.StartsWith("Imported 3 blocks", output, StringComparison.Ordinal);
        using ChainStore copy = DevChain.Open(Copy);
        Assert.Equal(3u, copy.Best.Number);
        Assert.Empty(copy.Check());
    }

    [Fact]
    public void AJustificationThatProvesNothingIsRefused()
    {
        DevChain.Make(Source, 3);
        List<SignedBlock> blocks = Export(Source);
        Assert.True(blocks[2].TryGetJustification(EngineId.Grandpa, out Vec<byte> proof));
        byte[] forged = proof.ToArray();
        forged[^40] ^= 1;
        blocks[2] = blocks[2] with { Justifications = [new EncodedJustification(EngineId.Grandpa, Vec.Create<byte>(forged))] };
        Write(blocks);
        (int code, _, string error) = CommandRun.Run("import-blocks", Blocks, "-d", Copy, "--binary");
        Assert.Equal(1, code);
        Assert.Contains("bad justification: ", error, StringComparison.Ordinal);
        using ChainStore copy = DevChain.Open(Copy);
        Assert.Equal((3u, 0u), (copy.Best.Number, copy.Finalized.Number));
    }

    [Fact]
    public void BlocksOfAnotherChainAreRefused()
    {
        DevChain.Make(Source, 2, milliseconds: 700);
        CommandRun.Run("export-blocks", Blocks, "-d", Source, "--binary");
        (int code, _, string error) = CommandRun.Run("import-blocks", Blocks, "-d", Copy, "--binary");
        Assert.Equal(1, code);
        Assert.Contains("is not in the chain: the file begins too late, or is another chain's", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0x0102", "block 0 of the file, at byte 2: the file is too short")]
    [InlineData("0x010000000000000000", "block 1 of the file, at byte")]
    [InlineData("0x000000000000000001", "block 1 of the file, at byte 8: more bytes follow")]
    public void MalformedBinaryFilesAreNamedByPlace(string hex, string expected)
    {
        Assert.True(Hex.TryParse(hex, out byte[] bytes));
        File.WriteAllBytes(Blocks, bytes);
        (int code, _, string error) = CommandRun.Run("import-blocks", Blocks, "-d", Copy, "--binary");
        Assert.Equal(1, code);
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{", "no JSON")]
    [InlineData("{}", "block is no object")]
    [InlineData("""{"block":{"header":{}}}""", "block.header.parentHash is no hash")]
    [InlineData("\u0001\0\0\0\0\0\0\0", "for the binary form give --binary")]
    public void MalformedJsonFilesAreNamedByField(string text, string expected)
    {
        File.WriteAllText(Blocks, text);
        (int code, _, string error) = CommandRun.Run("import-blocks", Blocks, "-d", Copy);
        Assert.Equal(1, code);
        Assert.Contains("block 1 of the file, at byte ", error, StringComparison.Ordinal);
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    [Fact]
    public void AFileInPiecesIsReadAsOne()
    {
        DevChain.Make(Source, 4);
        List<SignedBlock> blocks = Export(Source);
        byte[] bytes = File.ReadAllBytes(Blocks);
        BlockFileReader reader = new(new TrickleStream(bytes), isBinary: true);
        foreach (SignedBlock expected in blocks)
        {
            Assert.True(reader.TryRead(out SignedBlock block), reader.Fault?.ToString());
            Assert.Equal(expected.Block.Header, block.Block.Header);
        }

        Assert.False(reader.TryRead(out _));
        Assert.Null(reader.Fault);
        Assert.Equal(4ul, reader.Expected);
    }

    [Fact]
    public void AFileThatEndsInsideABlockGivesThoseBeforeIt()
    {
        DevChain.Make(Source, 3);
        Export(Source);
        byte[] bytes = File.ReadAllBytes(Blocks);
        for (int length = 8; length < bytes.Length; length += 13)
        {
            BlockFileReader reader = new(new MemoryStream(bytes[..length]), isBinary: true);
            while (reader.TryRead(out _))
            {
            }

            Assert.Equal(BlockFileError.Truncated, reader.Fault?.Error);
            Assert.Equal(reader.Count + 1, reader.Fault!.Block);
        }
    }

    [Fact]
    public void CheckBlockExecutesAgain()
    {
        DevChain.Make(Source, 3);
        (int code, string output, _) = CommandRun.Run("check-block", "2", "-d", Source);
        Assert.Equal(0, code);
        Assert.Contains("Block #2 (", output, StringComparison.Ordinal);
        using (ChainStore store = DevChain.Open(Source))
        {
            Assert.True(store.TryGetHash(3, out Phala.Trie.Hash256 hash));
            output = Hex.Format(hash.AsSpan());
        }

        Assert.Equal(0, CommandRun.Run("check-block", output, "-d", Source).Code);
        Assert.Contains("its best is #3", CommandRun.Run("check-block", "9", "-d", Source).Error, StringComparison.Ordinal);
        Assert.Contains("neither a block's number nor a hash", CommandRun.Run("check-block", "x", "-d", Source).Error, StringComparison.Ordinal);
        Assert.Contains("inspect spec", CommandRun.Run("check-block", "0", "-d", Source).Error, StringComparison.Ordinal);
    }

    private static (int Code, string Output) Strip((int Code, string Output, string Error) run) => (run.Code, run.Output);

    private List<SignedBlock> Export(string source)
    {
        CommandRun.Run("export-blocks", Blocks, "-d", source, "--binary");
        BlockFileReader reader = new(new MemoryStream(File.ReadAllBytes(Blocks)), isBinary: true);
        List<SignedBlock> blocks = [];
        while (reader.TryRead(out SignedBlock block)) blocks.Add(block);
        Assert.Null(reader.Fault);
        return blocks;
    }

    private void Write(List<SignedBlock> blocks)
    {
        using FileStream file = File.Create(Blocks);
        file.Write(BitConverter.GetBytes((ulong)blocks.Count));
        foreach (SignedBlock block in blocks) file.Write(Scale.Encode(block));
    }

    /// <summary>Gives a byte at a time, as a slow pipe may.</summary>
    private sealed class TrickleStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(1, buffer.Length)]);

        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(1, count));
    }
}
