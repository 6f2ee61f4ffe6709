namespace AiCloud.Registration.Pages;

/// <summary>What the register page shows; the server's state decides, so that a page the phone killed resumes where it stood.</summary>
internal enum Step
{
    /// <summary>The privacy agreement, before anything is asked (C0.2).</summary>
    Privacy = 1,
    /// <summary>Phone or e-mail.</summary>
    Contact = 2,
    /// <summary>The code that was sent.</summary>
    Code = 3,
    /// <summary>Password, birth date, documents, declarations.</summary>
    Details = 4,
    /// <summary>The contact is proven and has an account.</summary>
    AccountExists = 5,
    /// <summary>A guardian has to agree first.</summary>
    Guardian = 6,
}
