using BenchmarkDotNet.Running;
using Phala.Benchmarks;

// dotnet run -c Release --project bench/Phala.Benchmarks -- --filter '*'          all of them
// dotnet run -c Release --project bench/Phala.Benchmarks -- --filter '*Sr25519*'  one
BenchmarkSwitcher.FromAssembly(typeof(FigureConfig).Assembly).Run(args, FigureConfig.Create());
