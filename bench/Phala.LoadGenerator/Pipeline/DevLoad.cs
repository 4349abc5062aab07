using System.CommandLine;
using System.Globalization;

namespace Phala.LoadGenerator.Pipeline;

/// <summary>Starts development networks, and tells how long each takes and how much memory it has then.</summary>
internal static class DevLoad
{
    public static Command Command()
    {
        Option<int> times = new("--times") { Description = "How many, one after the other.", DefaultValueFactory = _ => 3 };
        Option<int> workers = new("--workers") { Description = "How many workers.", DefaultValueFactory = _ => 2 };
        Option<int> block = new("--block-millisecs") { Description = "The length of a slot.", DefaultValueFactory = _ => 1000 };
        Command command = new("dev", "Start of 'phala dev' until it is ready, and its memory.") { times, workers, block };
        command.SetAction(async (line, stop) =>
        {
            for (int at = 0; at < line.GetValue(times); at++)
            {
                DevNetwork network = await DevNetwork.StartAsync(line.GetValue(workers), line.GetValue(block), stop).ConfigureAwait(false);
                await using (network.ConfigureAwait(false))
                {
                    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ready after {network.Ready.TotalSeconds:F1} s; all processes after the demonstration {network.Memory >> 20} MB"));
                }
            }
        });
        return command;
    }
}
