// TLS: a server with a certificate of its own, and a client that trusts no other.
// The certificate is made beside it at the first run.

Var Root, Server;

Procedure Received() Export
	Server.SendToAll(Root.EventArgs.Data);
EndProcedure

AttachAddIn("MultithreadedTCPServer.dll");
Root = New OneScriptMultithreadedTCPServer();
Port = 8080;
If CommandLineArguments.Count() > 0 Then
	Port = Number(CommandLineArguments[0]);
EndIf;

If Not (New File("example.pfx")).Exist() Then
	Root.CreateSelfSignedCertificate("example.pfx", "localhost", "password");
	Root.ExtractCrtFromPfx("example.pfx", "password", "example.crt");
EndIf;

Root.ServerReceived = Root.Action(ThisObject, "Received");
Server = Root.BackgroundMultithreadedServerSSL(Port, "example.pfx", "password");

Client = Root.TCPClientSSL("127.0.0.1", Server.Port, "example.crt");
Client.Send("Hello, TLS!");
Answer = Client.GetStreamSSL().ReadToBinaryDataBuffer();
Message("The server answers: " + TrimAll(GetStringFromBinaryDataBuffer(Answer)));
Client.Close();
Server.Stop();
