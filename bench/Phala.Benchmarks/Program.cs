using BenchmarkDotNet.Running;
using Phala.Benchmarks;
using Phala.Benchmarks.Clusters;
using Phala.Benchmarks.CSharp;
using Phala.Benchmarks.Wasm;

// dotnet run -c Release --project bench/Phala.Benchmarks -- --filter '*'          all of them
// dotnet run -c Release --project bench/Phala.Benchmarks -- --filter '*Sr25519*'  one
// dotnet run -c Release --project bench/Phala.Benchmarks -- wasm-kernels          the WebAssembly kernels beside V8 and wabt
// dotnet run -c Release --project bench/Phala.Benchmarks -- join                  a worker joins a chain of a million blocks and executes 100,000 commands
// dotnet run -c Release --project bench/Phala.Benchmarks -- contracts             commands and queries of WebAssembly contracts
// dotnet run -c Release --project bench/Phala.Benchmarks -- csharp                fuel of kernels, and gas of contracts, in C# beside the same in C
if (args is ["csharp"])
{
    FuelTable.Print();
    CallTable.Print();
    return;
}

if (args is ["contracts"])
{
    ContractFigures.Print();
    return;
}

if (args is ["join"])
{
    ExecutedJoin.Print();
    return;
}

if (args is ["wasm-kernels"])
{
    KernelTable.Print();
    return;
}

BenchmarkSwitcher.FromAssembly(typeof(FigureConfig).Assembly).Run(args, FigureConfig.Create());
