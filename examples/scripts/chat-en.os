// Chat: each line of a client goes to all others in its room.
// The line "/room name" changes the room. Tramway itself cuts the lines: FrameByLines.

Var Root, Server, Rooms;

Procedure Enter(Id, Room)
	Rooms.Insert(Id, Room);
	Server.AddToGroup(Id, Room);
	Server.SendToClient(Id, "You are in room " + Room);
	Server.SendToGroup(Room, "Guest " + Id + " has come", Id);
EndProcedure

Procedure Joined() Export
	Enter(Root.EventArgs.ClientId, "lobby");
EndProcedure

Procedure Gone() Export
	Id = Root.EventArgs.ClientId;
	Server.SendToGroup(Rooms.Get(Id), "Guest " + Id + " has gone");
	Rooms.Delete(Id);
EndProcedure

Procedure Received() Export
	Id = Root.EventArgs.ClientId;
	Text = GetStringFromBinaryDataBuffer(Root.EventArgs.Data);
	Command = "/room ";
	If Left(Text, StrLen(Command)) = Command Then
		Server.RemoveFromGroup(Id, Rooms.Get(Id));
		Enter(Id, Mid(Text, StrLen(Command) + 1));
	Else
		Server.SendToGroup(Rooms.Get(Id), "Guest " + Id + ": " + Text, Id);
	EndIf;
EndProcedure

AttachAddIn("MultithreadedTCPServer.dll");
Root = New OneScriptMultithreadedTCPServer();
Port = 8080;
If CommandLineArguments.Count() > 0 Then
	Port = Number(CommandLineArguments[0]);
EndIf;

Rooms = New Map;
Server = Root.MultithreadedServer(Port);
Server.FrameByLines();
Server.ClientConnected = Root.Action(ThisObject, "Joined");
Server.ClientDisconnected = Root.Action(ThisObject, "Gone");
Server.ServerReceived = Root.Action(ThisObject, "Received");
Server.Start();

While Root.GoOn Do
	Root.DoEvents().Execute();
EndDo;
