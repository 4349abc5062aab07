using Phala.Cli;

return PhalaCommand.Create().Parse(args).Invoke();
