using AiCloud.Hosting;

return await SiloHost.Run(args);
