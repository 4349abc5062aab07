using System.Diagnostics;

namespace Phala.Node.Metrics;

/// <summary>What stock dashboards show of any process.</summary>
public static class ProcessMetrics
{
    /// <summary>Registers start time, processor time, memory, threads, and the build as Substrate names it.</summary>
    /// <param name="registry">The node's metrics.</param>
    /// <param name="name">The node's name.</param>
    /// <param name="version">The program's version.</param>
    public static void Register(MetricRegistry registry, string name, string version)
    {
        registry.Gauges("substrate_build_info", "A metric with a constant '1' value labeled by name, version", "name", "version").With(name, version).Value = 1;
        using Process self = Process.GetCurrentProcess();
        double started = new DateTimeOffset(self.StartTime.ToUniversalTime()).ToUnixTimeMilliseconds() / 1000.0;
        registry.Gauge("substrate_process_start_time_seconds", "Number of seconds between the UNIX epoch and the moment the process started").Value = started;
        Gauge processor = registry.Gauge("process_cpu_seconds_total", "Total user and system CPU time spent in seconds");
        Gauge resident = registry.Gauge("process_resident_memory_bytes", "Resident memory size in bytes");
        Gauge managed = registry.Gauge("process_managed_heap_bytes", "Bytes of the managed heap that are in use");
        Gauge threads = registry.Gauge("process_threads", "Number of OS threads in the process");
        registry.OnCollect(() =>
        {
            using Process process = Process.GetCurrentProcess();
            processor.Value = process.TotalProcessorTime.TotalSeconds;
            resident.Value = process.WorkingSet64;
            managed.Value = GC.GetTotalMemory(forceFullCollection: false);
            threads.Value = process.Threads.Count;
        });
    }
}
