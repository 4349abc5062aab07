using System.Globalization;
using Phala.Node.Storage;
using Phala.Node.Storage.Files;
using Phala.StorageLoad;

// Phala.StorageLoad DIRECTORY BLOCKS: appends blocks to the chain in the directory and says before and after each commit what it does.
if (!ChainStore.TryOpenOrCreate(new DiskFileSystem(), args[0], LoadChain.Genesis, LoadChain.Options, out ChainStore? store, out StorageFailure? failure))
{
    Console.WriteLine($"refused {failure.Error}");
    return 1;
}

using (store)
{
    Console.WriteLine("ready");
    LoadChain chain = new(store);
    for (int count = int.Parse(args[1], CultureInfo.InvariantCulture); count > 0; count--) chain.Append(Console.Out);
}

return 0;
